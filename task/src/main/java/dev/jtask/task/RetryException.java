package dev.jtask.task;

import dev.jtask.protocol.json.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Thrown by a task that wants to be tried again: `throw context.retry(Duration.ofSeconds(5), cause)`.
public final class RetryException extends RuntimeException {

    private final @Nullable Duration delay;
    private final @Nullable Integer maxRetries;

    RetryException(@Nullable Duration delay, @Nullable Integer maxRetries, @Nullable Throwable cause) {
        super(delay == null ? "retry" : "retry in " + delay, cause);
        if (delay != null && delay.compareTo(Limits.LONGEST) > 0) {
            throw new IllegalArgumentException("a retry waits a hundred years at most, not " + delay, cause);
        }
        this.delay = delay;
        this.maxRetries = maxRetries;
    }

    /// Replaces the task's own maximum for this retry; -1 without limit.
    public RetryException upTo(int retries) {
        return new RetryException(delay, retries, getCause());
    }

    /// Null for what the task's options say.
    public @Nullable Duration delay() {
        return delay;
    }

    /// Null for what the task's options say.
    public @Nullable Integer maxRetries() {
        return maxRetries;
    }
}
