package dev.jtask.client.result;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.Channels;
import dev.jtask.broker.OversizedException;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.time.Pauses;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection's exclusive queues, which end with it and are legal on every RabbitMQ. One that is deleted, or whose
/// channel the broker closes, is declared again under its name, where the results of tasks under way still go; after a
/// loss of the connection the AMQP client does so.
final class AmqpInbox implements Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(AmqpInbox.class);

    private final Connection connection;

    AmqpInbox(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void listen(String queue, Consumer<WireMessage> receiver, Consumer<OversizedException> unread)
            throws IOException {
        var channel = Channels.open(connection);
        var lost = new AtomicBoolean();
        try {
            channel.queueDeclare(queue, false, true, true, Map.of());
            channel.basicConsume(queue, true, (tag, delivery) -> receive(delivery, receiver, unread), tag -> {
                if (lost.compareAndSet(false, true)) {
                    again(channel, queue, receiver, unread, "was deleted");
                }
            });
        } catch (ShutdownSignalException e) {
            Channels.close(channel);
            throw e;
        } catch (IOException e) {
            Channels.close(channel);
            throw new IOException(unheard(queue, String.valueOf(Queues.reason(e))), e);
        }
        Channels.onEnd(channel, cause -> {
            if (!cause.isHardError() && !cause.isInitiatedByApplication() && lost.compareAndSet(false, true)) {
                again(channel, queue, receiver, unread, "has lost its channel: " + cause.getMessage());
            }
        });
    }

    private static String unheard(String queue, String why) {
        var fix = why.contains("ACCESS_REFUSED")
                ? "; grant this user to configure and to read queues of such names: ^[0-9a-f-]{36}$"
                : "";
        return "cannot have the reply queue '%s': %s%s".formatted(queue, why, fix);
    }

    private static void receive(
            Delivery delivery, Consumer<WireMessage> receiver, Consumer<OversizedException> unread) {
        WireMessage message;
        try {
            message = AmqpMessages.fromAmqp(delivery.getProperties(), delivery.getBody());
        } catch (OversizedException e) {
            unread.accept(e);
            return;
        }
        receiver.accept(message);
    }

    /// On a thread of its own, since those of the connection must not wait for the broker.
    private void again(
            Channel lost,
            String queue,
            Consumer<WireMessage> receiver,
            Consumer<OversizedException> unread,
            String why) {
        LOG.warn("the reply queue {} {}; results that were in it are lost, it is declared again", queue, why);
        var thread = new Thread(() -> untilItIsBack(lost, queue, receiver, unread), "jtask-replies");
        thread.setDaemon(true);
        thread.start();
    }

    private void untilItIsBack(
            Channel lost, String queue, Consumer<WireMessage> receiver, Consumer<OversizedException> unread) {
        // so that the recovery of a connection does not bring the consumer back beside the new one
        Channels.close(lost);
        for (int failures = 1; !isClosed(); failures++) {
            try {
                listen(queue, receiver, unread);
                LOG.info("the reply queue {} is back", queue);
                return;
            } catch (IOException | RuntimeException | Error e) {
                // the boundary of its thread: nobody else brings the queue back
                LOG.debug("the reply queue {} is not back yet", queue, e);
            }
            try {
                Thread.sleep(Pauses.USUAL.after(failures).toMillis());
            } catch (InterruptedException e) {
                LOG.debug("nobody interrupts this thread; the reply queue {} stays away", queue, e);
                return;
            }
        }
    }

    /// By the client itself: a connection that is lost comes back.
    private boolean isClosed() {
        var reason = connection.isOpen() ? null : connection.getCloseReason();
        return reason != null && reason.isInitiatedByApplication();
    }
}
