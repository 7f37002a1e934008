package dev.jtask.worker.run;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the broker is told of a delivery in the end.
public sealed interface Disposition {

    /// It is done with: the broker may forget it.
    record Ack() implements Disposition {}

    /// It is in the broker as another message, which will be delivered: the broker may forget this one.
    record Moved() implements Disposition {}

    /// Another worker shall have it.
    record Requeue() implements Disposition {}

    /// It stays in this worker and comes to its slot again.
    ///
    /// @param turn when its rate limit lets it start; null when that is not why it waits
    record Hold(Duration delay, @Nullable Instant turn) implements Disposition {}

    /// Nobody here can be rid of it: it goes back, and its queue rests, since the next one would fare alike.
    ///
    /// @param reason for the log and `/readyz`
    record Leave(String reason) implements Disposition {}

    /// Whether the broker may forget the delivery.
    default boolean isDone() {
        return switch (this) {
            case Ack(), Moved() -> true;
            case Requeue(), Hold(var _, var _), Leave(var _) -> false;
        };
    }
}
