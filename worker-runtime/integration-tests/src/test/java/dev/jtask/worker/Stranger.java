package dev.jtask.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.protocol.control.Audience;
import dev.jtask.protocol.control.ControlReply;
import dev.jtask.protocol.control.ControlRequest;
import dev.jtask.protocol.control.ControlRequest.ReturnAddress;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.topology.Exchange;
import dev.jtask.protocol.topology.Pidbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// Somebody who may publish on the broker, and sends workers what they like.
final class Stranger implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Connection connection;
    private final Channel channel;

    Stranger(String amqpUri) throws IOException {
        connection = BrokerConnections.open(BrokerOptions.of(amqpUri));
        channel = connection.createChannel();
        declare(Pidbox.REQUESTS);
    }

    Channel channel() {
        return channel;
    }

    /// Waits until this node answers.
    void awaitAnswer(String node) {
        Awaitility.await(node + " answers")
                .atMost(SOON)
                .until(() -> ask(node, "ping", "{}", 5).isPresent());
    }

    /// The answer of one node, for which it has plenty of time.
    JsonNode ask(String node, String method, String arguments) throws IOException, InterruptedException {
        return ask(node, method, arguments, SOON.toSeconds())
                .orElseThrow(() -> new AssertionError("no answer to " + method));
    }

    Optional<JsonNode> ask(String node, String method, String arguments, long seconds)
            throws IOException, InterruptedException {
        var ticket = UUID.randomUUID().toString();
        var queue = Pidbox.replyQueue(ticket);
        BlockingQueue<ControlReply> replies = new LinkedBlockingQueue<>();
        declare(Pidbox.REPLIES);
        channel.queueDeclare(queue, false, true, true, Map.of());
        channel.queueBind(queue, Pidbox.REPLIES.name(), ticket);
        channel.basicConsume(
                queue,
                true,
                (tag, delivery) -> replies.add(
                        ControlReply.decode(AmqpMessages.fromAmqp(delivery.getProperties(), delivery.getBody()))),
                tag -> {});
        var request = new ControlRequest(
                        method,
                        (ObjectNode) TypedJson.mapper().readTree(arguments.replace('\'', '"')),
                        new Audience.Nodes(List.of(node)),
                        new ReturnAddress(ticket, ticket, null),
                        1)
                .encode();
        channel.basicPublish(
                Pidbox.REQUESTS.name(),
                "",
                AmqpMessages.toAmqp(request.properties()).build(),
                request.body());
        var reply = replies.poll(seconds, TimeUnit.SECONDS);
        channel.queueDelete(queue);
        return Optional.ofNullable(reply).map(ControlReply::value);
    }

    /// Sends any text to all workers.
    void shout(String body) throws IOException {
        channel.basicPublish(
                Pidbox.REQUESTS.name(),
                "",
                new BasicProperties.Builder().contentType("application/json").build(),
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        connection.abort();
    }

    private void declare(Exchange exchange) throws IOException {
        channel.exchangeDeclare(exchange.name(), exchange.type().text(), exchange.isDurable(), false, Map.of());
    }
}
