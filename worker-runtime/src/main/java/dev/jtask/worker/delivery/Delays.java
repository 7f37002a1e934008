package dev.jtask.worker.delivery;

import com.rabbitmq.client.Connection;
import dev.jtask.broker.Publisher;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a message to a queue later, by way of [DelayTopology], which is declared at the first delay.
final class Delays {

    private static final Logger LOG = LoggerFactory.getLogger(Delays.class);

    private final Connection connection;
    private final Publisher publisher;
    private final Set<String> bound = new HashSet<>();
    private boolean declared;
    private boolean refused;

    Delays(Connection connection, Publisher publisher) {
        this.connection = connection;
        this.publisher = publisher;
    }

    /// Publishes the message so that it reaches the queue after the delay.
    ///
    /// @param seconds whole seconds, at least 1
    /// @return empty when the broker does not let us declare the topology: the caller holds the message itself
    Optional<CompletableFuture<Void>> send(WireMessage message, String queue, long seconds) {
        if (!prepare(queue)) {
            return Optional.empty();
        }
        var key = DelayTopology.routingKey(Math.min(seconds, DelayTopology.MAX_SECONDS), queue);
        return Optional.of(publisher.publish(DelayTopology.ENTRY, key, message));
    }

    private synchronized boolean prepare(String queue) {
        if (refused) {
            return false;
        }
        try {
            if (!declared) {
                DelayTopology.declare(connection);
                declared = true;
            }
            if (!bound.contains(queue)) {
                DelayTopology.bind(connection, queue);
                bound.add(queue);
            }
            return true;
        } catch (IOException e) {
            if (connection.isOpen()) {
                refused = true;
                LOG.warn(
                        "the broker refuses the delayed-delivery topology ({}); delays are held in this worker, unacknowledged,"
                                + " until it is allowed to declare exchanges and queues named celery_delayed*",
                        e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            }
            return false;
        }
    }
}
