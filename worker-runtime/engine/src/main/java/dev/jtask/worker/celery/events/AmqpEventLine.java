package dev.jtask.worker.celery.events;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.Channels;
import dev.jtask.broker.FlowControl;
import dev.jtask.broker.Pauses;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.EventExchange;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events over AMQP. A channel that the broker closes is opened anew after a pause, and nothing is written to a broker
/// that blocks publishers. Beside [#attach], one thread uses it.
final class AmqpEventLine implements EventLine {

    private static final Logger LOG = LoggerFactory.getLogger(AmqpEventLine.class);

    private volatile @Nullable Way way;
    private @Nullable Channel channel;
    private @Nullable Connection tried;
    private int failures;
    private long again = System.nanoTime();

    private record Way(Connection connection, FlowControl flow) {

        boolean isOpen() {
            return connection.isOpen() && flow.isOpen();
        }
    }

    @Override
    public void attach(Connection connection) {
        way = new Way(connection, new FlowControl(connection, () -> {}));
    }

    @Override
    public boolean isOpen() {
        var now = way;
        return now != null && now.isOpen() && (isOf(now.connection()) || tryToOpen(now.connection()));
    }

    @Override
    public void send(Route to, WireMessage message) throws IOException {
        var current = channel;
        if (current == null) {
            throw new IOException("there is no connection");
        }
        try {
            current.basicPublish(
                    to.exchange(),
                    to.routingKey(),
                    AmqpMessages.toAmqp(message.properties()).build(),
                    message.body());
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection is closed", e);
        }
    }

    private boolean isOf(Connection connection) {
        var current = channel;
        return current != null && current.getConnection().equals(connection) && current.isOpen();
    }

    private boolean tryToOpen(Connection connection) {
        // what one connection was refused another may have
        if (connection.equals(tried) && System.nanoTime() - again < 0) {
            return false;
        }
        tried = connection;
        try {
            channel = open(connection);
            failures = 0;
            return true;
        } catch (IOException e) {
            failures++;
            if (failures == 1) {
                LOG.warn("going on without events until the broker lets us: {}", Queues.reason(e));
            }
            again = System.nanoTime() + Pauses.USUAL.after(failures).toNanos();
            return false;
        }
    }

    private static Channel open(Connection connection) throws IOException {
        var opened = Channels.open(connection);
        try {
            var exchange = EventExchange.EVENTS;
            opened.exchangeDeclare(exchange.name(), exchange.type().text(), exchange.isDurable(), false, Map.of());
            return opened;
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection is closed", e);
        } catch (IOException e) {
            Channels.close(opened);
            throw e;
        }
    }
}
