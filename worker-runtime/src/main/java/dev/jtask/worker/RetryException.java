package dev.jtask.worker;

import java.time.Duration;

/// Thrown by a task that wants to be tried again: `throw context.retry(Duration.ofSeconds(5), cause)`.
public final class RetryException extends RuntimeException {

    private final Duration delay;

    RetryException(Duration delay, Throwable cause) {
        super("retry in " + delay, cause);
        this.delay = delay;
    }

    public Duration delay() {
        return delay;
    }
}
