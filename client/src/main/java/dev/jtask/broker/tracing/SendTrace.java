package dev.jtask.broker.tracing;

import dev.jtask.protocol.flow.Routed;
import org.jspecify.annotations.Nullable;

/// One sending of one message.
public interface SendTrace {

    /// The message as it is to be sent: perhaps with headers that say where it comes from.
    Routed task();

    /// @param failure null once the broker has it
    void end(@Nullable Throwable failure);

    /// A sending of which nothing is told.
    record Untold(Routed task) implements SendTrace {

        @Override
        public void end(@Nullable Throwable failure) {
            // nobody hears of it
        }
    }
}
