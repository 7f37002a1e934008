package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/// A [Publisher] that is replaced when the broker has closed its channel: it does so for one wrong message, and the
/// connection's recovery leaves such a channel closed. Safe for any thread.
final class SteadyPublisher {

    private final Connection connection;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile Publisher publisher;

    SteadyPublisher(Connection connection) throws IOException {
        this.connection = connection;
        this.publisher = Publisher.on(connection);
    }

    /// As [Publisher#publish].
    ///
    /// @throws IOException when there is no channel to publish on
    CompletableFuture<Void> publish(Route route, WireMessage message) throws IOException {
        return open().publish(route.exchange(), route.routingKey(), message);
    }

    private Publisher open() throws IOException {
        var now = publisher;
        if (now.isOpen() || !connection.isOpen()) {
            return now;
        }
        turn.lock();
        try {
            if (!publisher.isOpen() && connection.isOpen()) {
                publisher.close();
                publisher = Publisher.on(connection);
            }
            return publisher;
        } finally {
            turn.unlock();
        }
    }
}
