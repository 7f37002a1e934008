package dev.jtask.worker.registry;

import dev.jtask.task.Task;
import java.time.Duration;
import java.util.List;

/// When a task is tried again.
///
/// @param maxRetries -1 without limit
/// @param retryFor exceptions, with their subclasses, after which a retry happens by itself
/// @param dontRetryFor exceptions after which it does not, all the same
public record RetryPolicy(
        int maxRetries,
        Backoff backoff,
        List<Class<? extends Throwable>> retryFor,
        List<Class<? extends Throwable>> dontRetryFor) {

    /// Celery's: three retries, each after three minutes, none by itself.
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(3, new Backoff.Fixed(Duration.ofMinutes(3)), List.of(), List.of());

    public RetryPolicy {
        if (maxRetries < -1) {
            throw new IllegalArgumentException("maxRetries must be -1 (no limit) or more, not " + maxRetries);
        }
        retryFor = List.copyOf(retryFor);
        dontRetryFor = List.copyOf(dontRetryFor);
    }

    /// @throws IllegalArgumentException when a duration is none
    public static RetryPolicy of(Task task) {
        return AnnotatedOptions.retries(task);
    }

    public boolean allows(int retriesSoFar) {
        return maxRetries < 0 || retriesSoFar < maxRetries;
    }

    public RetryPolicy withMaxRetries(int other) {
        return new RetryPolicy(other, backoff, retryFor, dontRetryFor);
    }

    public boolean covers(Throwable thrown) {
        return retryFor.stream().anyMatch(type -> type.isInstance(thrown))
                && dontRetryFor.stream().noneMatch(type -> type.isInstance(thrown));
    }
}
