package dev.jtask.worker.celery.control;

import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;

/// The way of replies to those who asked.
@FunctionalInterface
interface Replies {

    /// @throws IOException when it is lost
    void send(Route to, WireMessage message) throws IOException;
}
