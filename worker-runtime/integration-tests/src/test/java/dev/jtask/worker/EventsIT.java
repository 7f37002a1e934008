package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RabbitMqTest
class EventsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "events";

    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private Connection connection;
    private TaskClient client;
    private RabbitMqNode node;

    @BeforeEach
    void listen(RabbitMqNode broker) throws IOException {
        node = broker;
        connection = BrokerConnections.open(BrokerOptions.of(broker.amqpUri()));
        Channel channel = connection.createChannel();
        channel.exchangeDeclare("celeryev", "topic", true);
        var queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, "celeryev", "#");
        channel.basicConsume(
                queue,
                true,
                (tag, delivery) -> {
                    var body = TypedJson.mapper().readTree(delivery.getBody());
                    assertThat(delivery.getEnvelope().getRoutingKey())
                            .isEqualTo(
                                    body.isArray()
                                            ? "task.multi"
                                            : body.path("type").asText().replace('-', '.'));
                    if (body.isArray()) {
                        body.forEach(events::add);
                    } else {
                        events.add(body);
                    }
                },
                tag -> {});
        client = TaskClient.builder(broker.amqpUri()).queue(QUEUE).connect();
    }

    @AfterEach
    void stop() {
        client.close();
        connection.abort();
    }

    @Test
    void tellsTheStoryOfATask() throws IOException {
        try (var worker = Workers.start(node, new TestTasks(), QUEUE, "JTASK_EVENTS", "true")) {
            var good = client.send("t.add", 4, 6);
            good.get(SOON);
            var bad = client.send("t.fail", "boom");
            bad.await(SOON);
            awaitEvents(good, "task-received", "task-started", "task-succeeded");
            awaitEvents(bad, "task-received", "task-started", "task-failed");
            assertThat(worker.isReady()).isTrue();
        }
        var received = first("task-received");
        assertThat(received.path("name").textValue()).isEqualTo("t.add");
        assertThat(received.path("args").textValue()).isEqualTo("(4, 6)");
        assertThat(received.path("kwargs").textValue()).isEqualTo("{}");
        assertThat(received.path("retries").intValue()).isZero();
        assertThat(first("task-succeeded").path("result").textValue()).isEqualTo("10");
        assertThat(first("task-succeeded").path("runtime").doubleValue()).isBetween(0.0, 60.0);
        assertThat(first("task-failed").path("exception").textValue()).isEqualTo("IllegalStateException('boom')");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.path("hostname").textValue()).contains("@");
            assertThat(event.path("timestamp").doubleValue()).isPositive();
            assertThat(event.path("clock").isIntegralNumber()).isTrue();
            assertThat(event.path("pid").longValue())
                    .isEqualTo(ProcessHandle.current().pid());
        });
    }

    @Test
    void beatsAndSaysGoodbyeWithoutBeingAsked() throws IOException {
        try (var worker = Workers.start(node, new TestTasks(), QUEUE)) {
            client.send("t.add", 4, 6).get(SOON);
            Awaitility.await("two heartbeats, the last of them after the task")
                    .atMost(SOON)
                    .until(() -> of("worker-heartbeat").size() >= 2
                            && of("worker-heartbeat")
                                            .getLast()
                                            .path("processed")
                                            .intValue()
                                    == 1
                            && of("worker-heartbeat").getLast().path("active").intValue() == 0);
            assertThat(worker.isAlive()).isTrue();
        }
        Awaitility.await("goodbye")
                .atMost(SOON)
                .until(() -> !of("worker-offline").isEmpty());
        assertThat(of("worker-online")).hasSize(1);
        var beat = of("worker-heartbeat").getLast();
        assertThat(beat.path("processed").intValue()).isEqualTo(1);
        assertThat(beat.path("active").intValue()).isZero();
        assertThat(beat.path("loadavg")).hasSize(3);
        assertThat(beat.path("sw_ident").textValue()).isEqualTo("jtask");
        assertThat(events).noneMatch(event -> event.path("type").asText().startsWith("task-"));
    }

    private void awaitEvents(TaskHandle<?> handle, String... types) {
        Awaitility.await(handle.id())
                .atMost(SOON)
                .untilAsserted(() -> assertThat(events)
                        .filteredOn(event -> event.path("uuid").asText().equals(handle.id()))
                        .extracting(event -> event.path("type").asText())
                        .containsExactly(types));
    }

    private JsonNode first(String type) {
        return of(type).getFirst();
    }

    private List<JsonNode> of(String type) {
        return events.stream()
                .filter(event -> event.path("type").asText().equals(type))
                .toList();
    }
}
