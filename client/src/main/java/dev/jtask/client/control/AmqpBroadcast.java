package dev.jtask.client.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.Internal;
import dev.jtask.protocol.control.Audience;
import dev.jtask.protocol.control.ControlReply;
import dev.jtask.protocol.control.ControlRequest;
import dev.jtask.protocol.control.ControlRequest.ReturnAddress;
import dev.jtask.protocol.topology.Exchange;
import dev.jtask.protocol.topology.Pidbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A broadcast over the broker. Each question has its own channel and its own exclusive reply queue, so that questions
/// do not wait for each other.
@Internal
public final class AmqpBroadcast implements Broadcast {

    private static final Logger LOG = LoggerFactory.getLogger(AmqpBroadcast.class);
    private static final AtomicLong CLOCK = new AtomicLong();

    private final Connection connection;

    public AmqpBroadcast(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void tell(String method, ObjectNode arguments, List<String> nodes) {
        on(method, channel -> publish(channel, method, arguments, nodes, null));
    }

    @Override
    public Map<String, JsonNode> ask(String method, ObjectNode arguments, List<String> nodes, Duration timeout) {
        var collected = new TreeMap<String, JsonNode>();
        on(method, channel -> {
            var ticket = UUID.randomUUID().toString();
            var queue = Pidbox.replyQueue(ticket);
            BlockingQueue<ControlReply> answers = new LinkedBlockingQueue<>();
            declare(channel, Pidbox.REPLIES);
            channel.queueDeclare(queue, false, true, true, Pidbox.QUEUE_ARGUMENTS);
            channel.queueBind(queue, Pidbox.REPLIES.name(), ticket);
            var consumer =
                    channel.basicConsume(queue, true, (tag, delivery) -> receive(delivery, ticket, answers), tag -> {});
            publish(
                    channel,
                    method,
                    arguments,
                    nodes,
                    ReturnAddress.of(ticket, Instant.now().plus(timeout)));
            collect(answers, nodes.size(), timeout, collected);
            // explicitly, so that the recovery of a lost connection does not bring them back
            channel.basicCancel(consumer);
            channel.queueDelete(queue);
        });
        return collected;
    }

    private static void collect(
            BlockingQueue<ControlReply> answers, int limit, Duration timeout, Map<String, JsonNode> collected) {
        long end = System.nanoTime() + timeout.toNanos();
        try {
            while (limit == 0 || collected.size() < limit) {
                var answer = answers.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (answer == null) {
                    break;
                }
                collected.put(answer.node(), answer.value());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void receive(Delivery delivery, String ticket, BlockingQueue<ControlReply> answers) {
        try {
            var reply = ControlReply.decode(AmqpMessages.fromAmqp(delivery.getProperties(), delivery.getBody()));
            if (reply.ticket().equals(ticket)) {
                answers.add(reply);
            }
        } catch (IOException e) {
            LOG.warn("ignoring an answer to remote control: {}", e.getMessage());
        }
    }

    private static void publish(
            Channel channel, String method, ObjectNode arguments, List<String> nodes, @Nullable ReturnAddress returnTo)
            throws IOException {
        declare(channel, Pidbox.REQUESTS);
        var to = Pidbox.toWorkers();
        var message =
                new ControlRequest(method, arguments, Audience.of(nodes), returnTo, CLOCK.incrementAndGet()).encode();
        channel.basicPublish(
                to.exchange(),
                to.routingKey(),
                AmqpMessages.toAmqp(message.properties()).build(),
                message.body());
    }

    private static void declare(Channel channel, Exchange exchange) throws IOException {
        channel.exchangeDeclare(exchange.name(), exchange.type().text(), exchange.isDurable(), false, Map.of());
    }

    private void on(String method, Channels.Use use) {
        try {
            Channels.on(connection, use);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot send '%s' to the workers: %s".formatted(method, Queues.reason(e)), e);
        }
    }
}
