package dev.jtask.worker.celery.control;

import dev.jtask.protocol.message.TimeLimits;
import dev.jtask.worker.registry.RateLimit;
import dev.jtask.worker.registry.TaskDefinition;
import java.util.Optional;

/// How often and how long tasks may run, until the worker ends.
public interface LimitControl {

    Optional<RateLimit> rate(TaskDefinition task);

    void changeRate(String task, RateLimit limit);

    /// There is no limit any more.
    void liftRate(String task);

    void changeTimes(String task, TimeLimits limits);
}
