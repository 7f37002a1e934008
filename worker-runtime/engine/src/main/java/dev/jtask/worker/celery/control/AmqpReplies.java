package dev.jtask.worker.celery.control;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.Channels;
import dev.jtask.broker.FlowControl;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.Pidbox;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Replies on a channel of their own, which is opened anew when the broker has closed it. Used by one thread.
final class AmqpReplies implements Replies {

    private final Connection connection;
    private final FlowControl flow;
    private @Nullable Channel channel;

    AmqpReplies(Connection connection) {
        this.connection = connection;
        this.flow = new FlowControl(connection, () -> {});
    }

    @Override
    public void send(Route to, WireMessage message) throws IOException {
        if (!flow.isOpen()) {
            throw new IOException("the broker blocks publishers, and who asked will not wait that long");
        }
        try {
            publish(to, message);
        } catch (ShutdownSignalException e) {
            // closed by the broker in this moment; a second time would be the connection's end
            try {
                publish(to, message);
            } catch (ShutdownSignalException again) {
                throw new IOException("the connection is closed", again);
            }
        }
    }

    private void publish(Route to, WireMessage message) throws IOException {
        open().basicPublish(
                        to.exchange(),
                        to.routingKey(),
                        AmqpMessages.toAmqp(message.properties()).build(),
                        message.body());
    }

    private Channel open() throws IOException {
        var current = channel;
        if (current != null && current.isOpen()) {
            return current;
        }
        var opened = Channels.open(connection);
        channel = opened;
        Mailbox.declare(opened, Pidbox.REPLIES);
        return opened;
    }
}
