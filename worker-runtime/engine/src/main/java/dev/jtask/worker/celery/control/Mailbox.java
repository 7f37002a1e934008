package dev.jtask.worker.celery.control;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.Channels;
import dev.jtask.broker.OversizedException;
import dev.jtask.protocol.control.ControlReply;
import dev.jtask.protocol.control.ControlRequest;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.Exchange;
import dev.jtask.protocol.topology.Pidbox;
import dev.jtask.worker.run.SparseLog;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A queue of requests or replies on one connection. It is exclusive, which is legal on every RabbitMQ and lets nobody
/// else read it, and ends with its channel.
final class Mailbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private static final SparseLog DETOURS = new SparseLog(LOG);

    /// Messages that may wait in this process; the broker keeps the others.
    private static final int AHEAD = 20;

    private final Channel channel;
    private final Executor executor;

    private Mailbox(Channel channel, Executor executor) {
        this.channel = channel;
        this.executor = executor;
    }

    /// This worker's own.
    ///
    /// @param executor takes one message after the other
    /// @param lost called on the connection's thread when it ends by other hands
    /// @throws IOException when another worker of this name has it open
    static Mailbox ofRequests(
            Connection connection, String node, Executor executor, Consumer<WireMessage> requests, Runnable lost)
            throws IOException {
        var mailbox = new Mailbox(Channels.open(connection), executor);
        mailbox.consume(Pidbox.REQUESTS, Pidbox.mailbox(node), "", requests);
        mailbox.channel.addShutdownListener(cause -> lost.run());
        return mailbox;
    }

    /// Asks all workers and hands their replies over, until it is closed.
    static Mailbox ofReplies(
            Connection connection, ControlRequest question, Executor executor, Consumer<ControlReply> replies)
            throws IOException {
        var returnTo = question.returnTo();
        if (returnTo == null) {
            throw new IllegalArgumentException("a question needs a return address");
        }
        var mailbox = new Mailbox(Channels.open(connection), executor);
        mailbox.consume(Pidbox.REPLIES, Pidbox.replyQueue(returnTo.key()), returnTo.key(), message -> {
            try {
                Reception.requireShort(message);
                var reply = ControlReply.decode(message);
                if (reply.ticket().equals(returnTo.ticket())) {
                    replies.accept(reply);
                }
            } catch (IOException e) {
                LOG.debug("a reply cannot be read", e);
            }
        });
        var to = Pidbox.toWorkers();
        var message = question.encode();
        mailbox.channel.basicPublish(
                to.exchange(),
                to.routingKey(),
                AmqpMessages.toAmqp(message.properties()).build(),
                message.body());
        return mailbox;
    }

    static void declare(Channel channel, Exchange exchange) throws IOException {
        channel.exchangeDeclare(exchange.name(), exchange.type().text(), exchange.isDurable(), false, Map.of());
    }

    @Override
    public void close() {
        Channels.close(channel);
    }

    private void consume(Exchange exchange, String queue, String key, Consumer<WireMessage> messages)
            throws IOException {
        try {
            declare(channel, exchange);
            channel.queueDeclare(queue, false, true, true, Pidbox.QUEUE_ARGUMENTS);
            channel.queueBind(queue, exchange.name(), key);
            channel.basicQos(AHEAD);
            channel.basicConsume(
                    queue,
                    false,
                    (tag, delivery) -> executor.execute(() -> take(delivery, exchange, messages)),
                    // its queue was deleted
                    tag -> executor.execute(this::close));
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection is closed", e);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// Acknowledged first: a command is not run again. What did not come through the exchange was sent by somebody who
    /// may perhaps not publish there.
    private void take(Delivery delivery, Exchange exchange, Consumer<WireMessage> messages) {
        try {
            channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
        } catch (IOException | ShutdownSignalException e) {
            LOG.debug("the mailbox was lost after a message", e);
        }
        if (delivery.getEnvelope().getExchange().equals(exchange.name())) {
            read(delivery, messages);
        } else {
            DETOURS.warn("a message that did not come through exchange %s is ignored".formatted(exchange.name()));
        }
    }

    private static void read(Delivery delivery, Consumer<WireMessage> messages) {
        WireMessage message;
        try {
            message = AmqpMessages.fromAmqp(delivery.getProperties(), delivery.getBody());
        } catch (OversizedException e) {
            LOG.warn("a message to the workers is ignored: {}", e.getMessage());
            return;
        }
        messages.accept(message);
    }
}
