package dev.jtask.worker.execution;

import dev.jtask.protocol.message.WireMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A message taken from a queue, not yet looked at.
///
/// @param redelivered whether the broker handed it out before
/// @param at when it came
/// @param turn when its rate limit lets it start; null before it was asked
public record Received(
        String queue,
        WireMessage message,
        boolean redelivered,
        Instant at,
        @Nullable Instant turn) {

    /// Whether a worker had it before, also when it was sent anew to be counted.
    boolean isAgain() {
        return redelivered || message.properties().headers().containsKey(RedeliveryGuard.COUNT);
    }

    public Received withTurn(Instant when) {
        return new Received(queue, message, redelivered, at, when);
    }
}
