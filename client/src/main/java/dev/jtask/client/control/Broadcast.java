package dev.jtask.client.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.json.TypedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
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

/// Celery's remote control (pidbox) from the asking side: a command to every worker that is online, and their answers.
///
/// Each question has its own channel and its own exclusive reply queue, so that questions do not wait for each other.
public final class Broadcast {

    private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);
    private static final String REQUESTS = "celery.pidbox";
    private static final String REPLIES = "reply.celery.pidbox";
    private static final Map<String, Object> QUEUE_ARGUMENTS = Map.of("x-message-ttl", 300_000, "x-expires", 10_000);
    private static final int TRANSIENT = 1;
    private static final AtomicLong CLOCK = new AtomicLong();

    private final Connection connection;

    public Broadcast(Connection connection) {
        this.connection = connection;
    }

    /// Sends a command that nobody answers.
    ///
    /// @param nodes whom it is for; empty for all
    void tell(String method, ObjectNode arguments, List<String> nodes) {
        try {
            var channel = Channels.open(connection);
            try {
                channel.exchangeDeclare(REQUESTS, BuiltinExchangeType.FANOUT, false, false, Map.of());
                publish(channel, request(method, arguments, nodes), Duration.ZERO);
            } finally {
                Channels.close(channel);
            }
        } catch (AlreadyClosedException e) {
            throw failed(method, "the connection is closed", new IOException(e));
        } catch (IOException e) {
            throw failed(method, Queues.reason(e), e);
        }
    }

    /// Sends a command and collects the answers by node name until the time is over, or until all of `nodes` answered.
    Map<String, JsonNode> ask(String method, ObjectNode arguments, List<String> nodes, Duration timeout) {
        try {
            var channel = Channels.open(connection);
            try {
                return ask(channel, request(method, arguments, nodes), nodes.size(), timeout);
            } finally {
                Channels.close(channel);
            }
        } catch (AlreadyClosedException e) {
            throw failed(method, "the connection is closed", new IOException(e));
        } catch (IOException e) {
            throw failed(method, Queues.reason(e), e);
        }
    }

    private static Map<String, JsonNode> ask(Channel channel, ObjectNode request, int limit, Duration timeout)
            throws IOException {
        var ticket = UUID.randomUUID().toString();
        var queue = ticket + "." + REPLIES;
        BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
        channel.exchangeDeclare(REQUESTS, BuiltinExchangeType.FANOUT, false, false, Map.of());
        channel.exchangeDeclare(REPLIES, BuiltinExchangeType.DIRECT, false, false, Map.of());
        channel.queueDeclare(queue, false, true, true, QUEUE_ARGUMENTS);
        channel.queueBind(queue, REPLIES, ticket);
        var consumer =
                channel.basicConsume(queue, true, (tag, delivery) -> receive(delivery, ticket, answers), tag -> {});
        request.put("ticket", ticket);
        request.putObject("reply_to").put("exchange", REPLIES).put("routing_key", ticket);
        publish(channel, request, timeout);
        var collected = collect(answers, limit, timeout);
        // explicitly, so that the recovery of a lost connection does not bring them back
        channel.basicCancel(consumer);
        channel.queueDelete(queue);
        return collected;
    }

    private static Map<String, JsonNode> collect(BlockingQueue<JsonNode> answers, int limit, Duration timeout) {
        var collected = new TreeMap<String, JsonNode>();
        long end = System.nanoTime() + timeout.toNanos();
        try {
            while (limit == 0 || collected.size() < limit) {
                var answer = answers.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (answer == null) {
                    break;
                }
                answer.properties().forEach(entry -> collected.put(entry.getKey(), entry.getValue()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return collected;
    }

    private static void receive(Delivery delivery, String ticket, BlockingQueue<JsonNode> answers) {
        var headers = delivery.getProperties().getHeaders();
        if (headers == null || !ticket.equals(String.valueOf(headers.get("ticket")))) {
            return;
        }
        try {
            answers.add(TypedJson.mapper().readTree(delivery.getBody()));
        } catch (IOException e) {
            LOG.warn("ignoring an answer to remote control that is not JSON: {}", e.getMessage());
        }
    }

    private static ObjectNode request(String method, ObjectNode arguments, List<String> nodes) {
        var request = TypedJson.mapper().createObjectNode().put("method", method);
        request.set("arguments", arguments);
        if (nodes.isEmpty()) {
            request.putNull("destination");
        } else {
            nodes.forEach(request.putArray("destination")::add);
        }
        return request.putNull("pattern").putNull("matcher");
    }

    private static void publish(Channel channel, ObjectNode request, Duration answerable) throws IOException {
        var headers = new HashMap<String, Object>();
        headers.put("clock", CLOCK.incrementAndGet());
        headers.put(
                "expires",
                answerable.isZero() ? (Object) 0 : (System.currentTimeMillis() + answerable.toMillis()) / 1e3);
        var properties = new BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("utf-8")
                .deliveryMode(TRANSIENT)
                .priority(0)
                .headers(headers)
                .build();
        channel.basicPublish(REQUESTS, "", properties, TypedJson.mapper().writeValueAsBytes(request));
    }

    private static UncheckedIOException failed(String method, @Nullable String reason, IOException cause) {
        return new UncheckedIOException("cannot send '%s' to the workers: %s".formatted(method, reason), cause);
    }
}
