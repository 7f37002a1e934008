package dev.jtask.broker.talk;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.Channels;
import dev.jtask.broker.FlowControl;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.time.Pauses;
import dev.jtask.protocol.topology.EventExchange;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events over AMQP. A channel that the broker closes is opened anew after a pause, and nothing is written to a broker
/// that blocks publishers. Beside [#attach], one thread uses it.
public final class AmqpEventLine implements EventLine {

    private static final Logger LOG = LoggerFactory.getLogger(AmqpEventLine.class);

    /// A channel that has lasted so long was closed for something new.
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final LongSupplier nanos;
    private volatile @Nullable Way way;
    private @Nullable Channel channel;
    private @Nullable Connection tried;
    private int failures;
    private long since;
    private long again;

    public AmqpEventLine() {
        this(System::nanoTime);
    }

    AmqpEventLine(LongSupplier nanos) {
        this.nanos = nanos;
        this.since = nanos.getAsLong();
        this.again = since;
    }

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
        noteItsEnd(connection);
        // what one connection was refused another may have
        if (connection.equals(tried) && nanos.getAsLong() - again < 0) {
            return false;
        }
        tried = connection;
        try {
            channel = open(connection);
            since = nanos.getAsLong();
            return true;
        } catch (IOException e) {
            failed(Queues.reason(e));
            return false;
        }
    }

    /// The broker answers an event that it does not want by closing the channel, after the write.
    private void noteItsEnd(Connection connection) {
        var ended = channel;
        channel = null;
        if (ended == null) {
            return;
        }
        if (nanos.getAsLong() - since > STEADY_NANOS) {
            failures = 0;
        }
        if (ended.getConnection().equals(connection)) {
            failed(Queues.reason(new IOException(ended.getCloseReason())));
        }
    }

    private void failed(@Nullable String why) {
        failures++;
        if (failures == 1) {
            LOG.warn("going on without events until the broker lets us: {}", why);
        }
        again = nanos.getAsLong() + Pauses.USUAL.after(failures).toNanos();
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
