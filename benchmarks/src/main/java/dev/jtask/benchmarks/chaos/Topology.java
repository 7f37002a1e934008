package dev.jtask.benchmarks.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.testing.RabbitMqNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The queues of a run on the broker, as somebody sees them who has nothing to do with tasks.
final class Topology {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Topology() {}

    static void declare(RabbitMqNode broker, Queues queues) throws IOException {
        try (var connection = open(broker)) {
            var channel = connection.createChannel();
            for (var queue : queues.all()) {
                channel.queueDeclare(queue, true, false, false, Queues.arguments(queue));
            }
        }
    }

    /// Messages that wait in each queue; those that a worker holds are not counted.
    static Map<String, Integer> ready(RabbitMqNode broker, Queues queues) throws IOException {
        try (var connection = open(broker)) {
            var ready = new LinkedHashMap<String, Integer>();
            for (var queue : queues.all()) {
                ready.put(
                        queue,
                        connection.createChannel().queueDeclarePassive(queue).getMessageCount());
            }
            return ready;
        }
    }

    /// Takes all dead letters, and counts those of each key.
    static Map<String, Integer> dead(RabbitMqNode broker, Queues queues) throws IOException {
        var dead = new HashMap<String, Integer>();
        try (var connection = open(broker)) {
            for (var queue : queues.all()) {
                take(connection, Queues.dead(queue), dead);
            }
        }
        return dead;
    }

    static void deleteDelays(RabbitMqNode broker) throws IOException {
        try (var connection = open(broker)) {
            connection.createChannel().exchangeDelete("celery_delayed_27");
        }
    }

    private static void take(Connection connection, String queue, Map<String, Integer> dead) throws IOException {
        Channel channel = connection.createChannel();
        channel.queueDeclare(queue, true, false, false, Map.of());
        for (var got = channel.basicGet(queue, true); got != null; got = channel.basicGet(queue, true)) {
            var task = String.valueOf(AmqpMessages.headers(got.getProps()).get("task"));
            dead.merge(key(task, JSON.readTree(got.getBody())), 1, Integer::sum);
        }
    }

    private static String key(String task, @Nullable JsonNode body) {
        var place = task.equals("chaos.step") || task.equals("chaos.join") ? 1 : 0;
        return body == null ? "" : body.path(0).path(place).asText();
    }

    private static Connection open(RabbitMqNode broker) throws IOException {
        return BrokerConnections.open(BrokerOptions.of(broker.amqpUri()).named("chaos looks"));
    }
}
