package dev.jtask.worker.run;

import dev.jtask.broker.Parcel;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.WireMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A message taken from a queue, not yet looked at.
///
/// @param home where it waits for its time, or goes when it is not run here: its queue for most
/// @param redelivered the broker's mark, which it loses when it is put into its queue anew
/// @param at when it came
/// @param turn when its rate limit lets it start; null before it was asked
/// @param receipt through which the broker hears what became of it
public record Delivery(
        String queue,
        String home,
        WireMessage message,
        boolean redelivered,
        Instant at,
        @Nullable Instant turn,
        Receipt receipt) {

    /// One that goes back to its queue.
    public Delivery(
            String queue,
            WireMessage message,
            boolean redelivered,
            Instant at,
            @Nullable Instant turn,
            Receipt receipt) {
        this(queue, queue, message, redelivered, at, turn, receipt);
    }

    /// Whether a worker had it before and did not end it.
    public boolean hasComeAgain() {
        return redelivered
                || (message.properties().headers().get(JtaskHeaders.REDELIVERIES) instanceof Number number
                        && number.longValue() > 0);
    }

    /// A copy of it on its way back, at once.
    public Parcel back(WireMessage copy) {
        return home.equals(queue) ? Parcel.reply(queue, copy) : Parcel.plain(home, copy);
    }

    public Delivery withTurn(@Nullable Instant when) {
        return new Delivery(queue, home, message, redelivered, at, when, receipt);
    }

    public Delivery withReceipt(Receipt other) {
        return new Delivery(queue, home, message, redelivered, at, turn, other);
    }
}
