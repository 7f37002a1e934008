package dev.jtask.worker.delivery;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.Parked;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Parked messages in RabbitMQ, over a connection that is opened with the first of them: what long tasks need
/// does not depend on the one that consumes. For one thread.
public final class BrokerLot implements Lot {

    private static final long CONFIRM_MS = 10_000;

    private final Opening opening;
    private volatile @Nullable Connection present;
    private volatile boolean closed;

    public BrokerLot(BrokerOptions broker) {
        this(() -> BrokerConnections.open(broker));
    }

    BrokerLot(Opening opening) {
        this.opening = opening;
    }

    @Override
    public void put(Place place, WireMessage message) throws IOException {
        var connection = connection();
        // a message that expires into the void would be lost
        Queues.ensurePlain(connection, place.backTo());
        on(connection, channel -> {
            channel.queueDeclare(place.queue(), true, false, false, Parked.arguments(place.backTo(), place.lease()));
            // an earlier try may have come through after all
            channel.queuePurge(place.queue());
            publish(channel, place, message);
        });
    }

    @Override
    public boolean renew(Place place, WireMessage message) throws IOException {
        var there = new boolean[1];
        on(connection(), channel -> {
            long last = 0;
            for (var got = channel.basicGet(place.queue(), false);
                    got != null;
                    got = channel.basicGet(place.queue(), false)) {
                last = got.getEnvelope().getDeliveryTag();
            }
            there[0] = last > 0;
            if (last > 0) {
                publish(channel, place, message);
                channel.basicAck(last, true);
            }
        });
        return there[0];
    }

    @Override
    public void remove(Place place) throws IOException {
        on(connection(), channel -> channel.queueDelete(place.queue()));
    }

    @Override
    public void close() {
        closed = true;
        var open = present;
        if (open != null) {
            BrokerConnections.abort(open);
        }
    }

    private static void publish(Channel channel, Place place, WireMessage message) throws IOException {
        channel.confirmSelect();
        channel.basicPublish(
                "", place.queue(), AmqpMessages.toAmqp(message.properties()).build(), message.body());
        try {
            channel.waitForConfirmsOrDie(CONFIRM_MS);
        } catch (TimeoutException e) {
            throw new IOException("queue '%s' did not confirm in %d s".formatted(place.queue(), CONFIRM_MS / 1000), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for queue '%s'".formatted(place.queue()), e);
        }
    }

    private static void on(Connection connection, Channels.Use use) throws IOException {
        try {
            Channels.on(connection, use);
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection is closed", e);
        }
    }

    private Connection connection() throws IOException {
        var open = present;
        if (open == null || !open.isOpen()) {
            open = opening.open();
            present = open;
            if (closed) {
                // while it was opened, when there was nothing to close yet
                close();
                throw new IOException("the worker has stopped");
            }
        }
        return open;
    }
}
