package dev.jtask.client;

import dev.jtask.protocol.Internal;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.Optional;

/// The messages that lie in queues which nobody consumes.
@Internal
@FunctionalInterface
public interface Letters {

    /// One look at a queue. What it has taken nobody else sees until its end, and what it has not taken is as it was.
    interface Look extends AutoCloseable {

        /// The oldest message that it has not taken yet; empty when there is none.
        ///
        /// @throws dev.jtask.broker.OversizedException when it is too large to be read, and taken
        /// @throws IOException when there is no such queue, or it cannot be read
        Optional<WireMessage> next() throws IOException;

        /// The one that was taken last is in another place.
        void gone() throws IOException;

        /// All that is not gone is back when this returns.
        @Override
        void close() throws IOException;
    }

    /// @throws IOException when the queue cannot be read
    Look at(String queue) throws IOException;
}
