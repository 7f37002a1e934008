package dev.jtask.worker.delivery;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Questions;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out over which queue the broker has ended the connection that several share, or may still do so: RabbitMQ
/// answers a command for a quorum queue without a leader that way, at once or after a minute.
final class Blame {

    private static final Logger LOG = LoggerFactory.getLogger(Blame.class);

    private final Connection shared;
    private final QueueTroubles troubles;
    /// Queues of which something is asked at the moment.
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    private volatile boolean known;

    Blame(Connection shared, QueueTroubles troubles) {
        this.shared = shared;
        this.troubles = troubles;
    }

    /// Whether it has a connection of its own.
    @SuppressWarnings("ReferenceEquality") // a connection equals only itself
    boolean isApart(QueueConsumer consumer) {
        return consumer.connection() != shared;
    }

    /// Does with one what may be the connection's end.
    void ask(QueueConsumer consumer, Questions.Deed command) throws IOException {
        if (isApart(consumer)) {
            command.run();
            return;
        }
        asked.add(consumer.queue());
        try {
            command.run();
        } catch (IOException | ShutdownSignalException e) {
            if (Channels.mayCostConnection(e)) {
                troubles.setApart(consumer.queue());
                known = true;
            }
            throw e;
        } finally {
            asked.remove(consumer.queue());
        }
    }

    /// The connection was ended. Where the broker broke down over something that nobody waits for, such as an
    /// acknowledgement, it may have been any of them.
    void lost(ShutdownSignalException cause, Collection<QueueConsumer> consumers) {
        if (!Channels.isBreakdown(cause) || known || !asked.isEmpty()) {
            return;
        }
        LOG.warn("the broker broke down over one of the worker's queues; each has a connection of its own now");
        consumers.stream()
                .filter(consumer -> !isApart(consumer))
                .forEach(consumer -> troubles.setApart(consumer.queue()));
    }
}
