package dev.jtask.worker;

import com.rabbitmq.client.Connection;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.testing.RabbitMqNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Sees every message that goes through a broker, in and out: RabbitMQ's firehose.
final class Tap implements AutoCloseable {

    private final RabbitMqNode node;
    private final Connection connection;
    private final List<String> seen = new CopyOnWriteArrayList<>();

    Tap(RabbitMqNode node) throws IOException {
        this.node = node;
        this.connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()));
        var channel = connection.createChannel();
        var queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, "amq.rabbitmq.trace", "#");
        channel.basicConsume(
                queue,
                true,
                (tag, delivery) -> {
                    var message = AmqpMessages.fromAmqp(delivery.getProperties(), delivery.getBody());
                    seen.add("%s %s %s"
                            .formatted(
                                    delivery.getEnvelope().getRoutingKey(),
                                    message.properties(),
                                    new String(delivery.getBody(), StandardCharsets.UTF_8)));
                },
                tag -> {});
        node.ctl("trace_on");
    }

    /// Each with its way, its properties and its body.
    List<String> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        node.ctl("trace_off");
        connection.abort();
    }
}
