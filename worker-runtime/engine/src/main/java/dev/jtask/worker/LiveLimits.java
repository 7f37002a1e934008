package dev.jtask.worker;

import dev.jtask.protocol.message.TimeLimits;
import dev.jtask.worker.celery.control.LimitControl;
import dev.jtask.worker.registry.RateLimit;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.run.TimeLimiter;
import dev.jtask.worker.steps.RateLimits;
import java.util.Optional;
import java.util.function.Consumer;

/// The limits that the worker's steps keep to.
///
/// @param askAnew lets those that wait for their turn under a task's rate limit ask for another one
record LiveLimits(RateLimits rates, Consumer<String> askAnew, TimeLimiter times) implements LimitControl {

    @Override
    public Optional<RateLimit> rate(TaskDefinition task) {
        return rates.limit(task);
    }

    @Override
    public void changeRate(String task, RateLimit limit) {
        rates.change(task, limit);
        askAnew.accept(task);
    }

    @Override
    public void liftRate(String task) {
        rates.lift(task);
        askAnew.accept(task);
    }

    @Override
    public void changeTimes(String task, TimeLimits limits) {
        times.change(task, limits);
    }
}
