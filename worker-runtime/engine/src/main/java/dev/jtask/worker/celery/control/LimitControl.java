package dev.jtask.worker.celery.control;

import dev.jtask.protocol.message.TimeLimits;
import dev.jtask.worker.registry.RateLimit;
import dev.jtask.worker.registry.TaskDefinition;
import java.util.Optional;

/// How often and how long tasks may run, until the worker ends.
public interface LimitControl {

    Optional<RateLimit> rate(TaskDefinition task);

    /// Empty takes the limit away.
    void changeRate(String task, Optional<RateLimit> limit);

    void changeTimes(String task, TimeLimits limits);
}
