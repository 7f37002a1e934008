package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import dev.jtask.broker.Channels;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.worker.celery.events.LamportClock;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This worker's mailbox (pidbox) on one connection: takes requests, answers them. Its queues are exclusive, which is
/// legal on every RabbitMQ and lets nobody else read them.
final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private static final String REQUESTS = "celery.pidbox";
    private static final String REPLIES = "reply.celery.pidbox";
    private static final Map<String, Object> QUEUE_ARGUMENTS = Map.of("x-message-ttl", 300_000, "x-expires", 10_000);
    private static final int TRANSIENT = 1;

    private final String nodeName;
    private final Dispatcher dispatcher;
    private final LamportClock lamport;
    private final Channel requests;
    private final Channel replies;
    private final Executor executor;

    /// @param executor runs one command after the other
    Mailbox(String nodeName, Dispatcher dispatcher, LamportClock lamport, Connection connection, Executor executor)
            throws IOException {
        this.nodeName = nodeName;
        this.dispatcher = dispatcher;
        this.lamport = lamport;
        this.executor = executor;
        this.requests = Channels.open(connection);
        this.replies = Channels.open(connection);
    }

    /// @throws IOException when another worker of this name has its mailbox open
    void open() throws IOException {
        requests.exchangeDeclare(REQUESTS, BuiltinExchangeType.FANOUT, false, false, Map.of());
        replies.exchangeDeclare(REPLIES, BuiltinExchangeType.DIRECT, false, false, Map.of());
        var queue = nodeName + "." + REQUESTS;
        requests.queueDeclare(queue, false, true, true, QUEUE_ARGUMENTS);
        requests.queueBind(queue, REQUESTS, "");
        requests.basicConsume(queue, true, (tag, delivery) -> executor.execute(() -> receive(delivery)), tag -> {});
    }

    /// Asks the other workers and hands each one's answer over.
    void ask(String method, ObjectNode arguments, Consumer<JsonNode> answer) throws IOException {
        var ticket = UUID.randomUUID().toString();
        var queue = ticket + "." + REPLIES;
        requests.queueDeclare(queue, false, true, true, QUEUE_ARGUMENTS);
        requests.queueBind(queue, REPLIES, ticket);
        requests.basicConsume(
                queue,
                true,
                (tag, delivery) -> executor.execute(() -> json(delivery).forEach(answer)),
                tag -> {});
        var request = TypedJson.mapper().createObjectNode().put("method", method);
        request.set("arguments", arguments);
        request.putNull("destination").putNull("pattern").putNull("matcher").put("ticket", ticket);
        request.putObject("reply_to").put("exchange", REPLIES).put("routing_key", ticket);
        publish(REQUESTS, "", Map.of("clock", lamport.forward(), "expires", 0), request);
    }

    private void receive(Delivery delivery) {
        if (delivery.getProperties().getHeaders() != null
                && delivery.getProperties().getHeaders().get("clock") instanceof Number clock) {
            lamport.adjust(clock.longValue());
        }
        var request = json(delivery);
        if (!dispatcher.isForUs(request)) {
            return;
        }
        LOG.debug("remote control: {}", request.path("method").asText());
        var reply = dispatcher.run(request);
        var to = request.path("reply_to");
        if (reply.isEmpty() || !to.hasNonNull("routing_key")) {
            return;
        }
        var body = TypedJson.mapper().createObjectNode();
        body.set(nodeName, reply.get());
        try {
            publish(
                    to.path("exchange").asText(REPLIES),
                    to.path("routing_key").asText(),
                    Map.of("ticket", request.path("ticket").asText(""), "clock", lamport.forward()),
                    body);
        } catch (IOException | RuntimeException e) {
            LOG.debug("a reply was lost with the connection", e);
        }
    }

    private void publish(String exchange, String key, Map<String, Object> headers, JsonNode body) throws IOException {
        var properties = new BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("utf-8")
                .deliveryMode(TRANSIENT)
                .priority(0)
                .headers(headers)
                .build();
        replies.basicPublish(exchange, key, properties, TypedJson.mapper().writeValueAsBytes(body));
    }

    private static JsonNode json(Delivery delivery) {
        try {
            return TypedJson.mapper().readTree(delivery.getBody());
        } catch (IOException e) {
            LOG.debug("a control message is not JSON", e);
            return TypedJson.mapper().createObjectNode();
        }
    }
}
