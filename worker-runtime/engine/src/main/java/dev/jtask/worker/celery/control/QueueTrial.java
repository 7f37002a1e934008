package dev.jtask.worker.celery.control;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Delays;
import dev.jtask.broker.Queues;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes sure of queues that somebody asks for, each on a connection of its own: the broker answers some wishes, such
/// as an unknown type of exchange, by ending the connection.
public final class QueueTrial {

    private static final Logger LOG = LoggerFactory.getLogger(QueueTrial.class);

    private final BrokerOptions broker;

    public QueueTrial(BrokerOptions broker) {
        this.broker = broker;
    }

    /// The queue is there afterwards, and bound as it is asked for.
    ///
    /// @throws IOException with the broker's words
    public void make(Inlet inlet) throws IOException {
        var connection = BrokerConnections.open(broker);
        try {
            Queues.ensure(connection, inlet.queue());
            if (!inlet.isUsual()) {
                Channels.on(connection, channel -> {
                    channel.exchangeDeclare(inlet.exchange(), inlet.exchangeType(), true);
                    channel.queueBind(inlet.queue(), inlet.exchange(), inlet.routingKey());
                });
            }
            bindDelays(connection, inlet.queue());
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection was lost; try again", e);
        } finally {
            BrokerConnections.abort(connection);
        }
    }

    /// As for every queue that is consumed from the start: what others send for later comes here.
    private static void bindDelays(Connection connection, String queue) {
        try {
            Delays.bind(connection, queue);
        } catch (IOException e) {
            LOG.debug("queue '{}' gets no delayed messages of others: {}", queue, Queues.reason(e), e);
        } catch (IllegalArgumentException e) {
            LOG.debug("queue '{}' gets no delayed messages", queue, e);
        }
    }
}
