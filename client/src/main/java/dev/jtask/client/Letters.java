package dev.jtask.client;

import dev.jtask.broker.OversizedException;
import dev.jtask.protocol.Internal;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.function.Consumer;

/// The messages that lie in queues which nobody consumes.
@Internal
@FunctionalInterface
public interface Letters {

    /// What becomes of a message that was looked at.
    enum Then {
        /// It stays in its place.
        STAYS,
        /// It is gone.
        GOES
    }

    /// Looks at one message.
    @FunctionalInterface
    interface Visit {
        Then at(WireMessage message);
    }

    /// Visits the messages that are there when this begins, oldest first. One that the visit throws at stays, and so
    /// do those after it.
    ///
    /// @param unread hears in their place of those that are too large to be read; they stay
    /// @throws IOException when there is no such queue, or it cannot be read
    void each(String queue, Visit visit, Consumer<OversizedException> unread) throws IOException;
}
