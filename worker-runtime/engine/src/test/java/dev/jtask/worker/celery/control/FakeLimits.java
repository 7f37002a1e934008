package dev.jtask.worker.celery.control;

import dev.jtask.protocol.message.TimeLimits;
import dev.jtask.worker.registry.RateLimit;
import dev.jtask.worker.registry.TaskDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Remembers the limits of each task.
final class FakeLimits implements LimitControl {

    final Map<String, Optional<RateLimit>> rates = new HashMap<>();
    final Map<String, TimeLimits> times = new HashMap<>();

    @Override
    public Optional<RateLimit> rate(TaskDefinition task) {
        return rates.getOrDefault(task.name(), Optional.empty());
    }

    @Override
    public void changeRate(String task, RateLimit limit) {
        rates.put(task, Optional.of(limit));
    }

    @Override
    public void liftRate(String task) {
        rates.put(task, Optional.empty());
    }

    @Override
    public void changeTimes(String task, TimeLimits limits) {
        times.put(task, limits);
    }
}
