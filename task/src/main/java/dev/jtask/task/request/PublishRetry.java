package dev.jtask.task.request;

import dev.jtask.protocol.json.Limits;
import java.time.Duration;

/// How often a publish is tried again that was lost with its connection, within the client's publish time-out. The
/// message keeps its id, but a broker that took it before the connection went has it twice.
///
/// @param maxRetries after the first attempt; 0 for none. Where they are not counted, as in [#DEFAULT], a message
///     waits for the next connection alone, and goes there in its old order
/// @param step the longest first wait; each further one is up to twice the one before, and all are less by up to half
///     of it by chance, so that many senders do not come back together
/// @param maxWait the longest wait
public record PublishRetry(int maxRetries, Duration step, Duration maxWait) {

    public static final PublishRetry NONE = new PublishRetry(0, Duration.ZERO, Duration.ZERO);

    /// The first and the longest wait of Celery's `task_publish_retry_policy`, but as often as the publish time-out
    /// allows: three retries are over before a connection is back.
    public static final PublishRetry DEFAULT =
            new PublishRetry(Integer.MAX_VALUE, Duration.ofMillis(200), Duration.ofSeconds(1));

    public PublishRetry {
        if (maxRetries < 0 || step.isNegative() || maxWait.isNegative()) {
            throw new IllegalArgumentException(
                    "retries and waits must not be negative: %d, %s, %s".formatted(maxRetries, step, maxWait));
        }
        if (step.compareTo(Limits.LONGEST) > 0 || maxWait.compareTo(Limits.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "waits are a hundred years at most, not %s and %s".formatted(step, maxWait));
        }
    }
}
