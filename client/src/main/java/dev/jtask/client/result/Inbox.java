package dev.jtask.client.result;

import dev.jtask.broker.OversizedException;
import dev.jtask.protocol.Internal;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.function.Consumer;

/// Where a client gets its mail.
@Internal
@FunctionalInterface
public interface Inbox {

    /// Declares a queue that is the client's alone, and hears of each message in it from now on.
    ///
    /// @param unread hears of those that are too large to be read
    void listen(String queue, Consumer<WireMessage> receiver, Consumer<OversizedException> unread) throws IOException;
}
