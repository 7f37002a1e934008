package dev.jtask.worker.retry;

import dev.jtask.worker.Durations;
import dev.jtask.worker.Task;
import java.time.Duration;
import java.util.List;

/// When a task is tried again.
///
/// @param maxRetries -1 without limit
/// @param retryFor exceptions, with their subclasses, after which a retry happens by itself
public record RetryPolicy(int maxRetries, Backoff backoff, List<Class<? extends Throwable>> retryFor) {

    public RetryPolicy {
        if (maxRetries < -1) {
            throw new IllegalArgumentException("maxRetries must be -1 (no limit) or more, not " + maxRetries);
        }
        retryFor = List.copyOf(retryFor);
    }

    public static RetryPolicy of(Task task) {
        var delay = Durations.parse(task.retryDelay());
        return new RetryPolicy(
                task.maxRetries(),
                task.backoff() ? new Backoff.Exponential(delay, Duration.ofMinutes(10)) : new Backoff.Fixed(delay),
                List.of(task.retryFor()));
    }

    public boolean allows(int retriesSoFar) {
        return maxRetries < 0 || retriesSoFar < maxRetries;
    }

    public boolean covers(Throwable thrown) {
        return retryFor.stream().anyMatch(type -> type.isInstance(thrown));
    }
}
