package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.rabbitmq.client.Channel;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.protocol.event.Event;
import dev.jtask.protocol.event.EventCodec;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Who listens to Celery's events sees what a Java client sends, where it is asked to tell.
@RabbitMqTest
class SentEventsIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final RabbitMqNode node;

    SentEventsIT(RabbitMqNode node) {
        this.node = node;
    }

    @Test
    void celerysOwnReceiverSeesThem() throws IOException {
        var builder = new ProcessBuilder("/usr/bin/python3", "receiver.py", "2")
                .directory(Path.of("src/test/python").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PEER_BROKER_URI", node.amqpUri());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        var python = builder.start();
        try (var output = new BufferedReader(new InputStreamReader(python.getInputStream(), StandardCharsets.UTF_8));
                var client = telling("told")) {
            assertThat(output.readLine()).isEqualTo("\"listens\"");

            var plain = client.send(TaskRequest.of("t.add", 4, 6).kwarg("deep", List.of("x")));
            var later = client.send(TaskRequest.of("t.add", 1).queue("other").countdown(Duration.ofHours(1)));

            assertThat(json(output.readLine()))
                    .containsEntry("id", plain.id())
                    .containsEntry("state", "PENDING")
                    .containsEntry("name", "t.add")
                    .containsEntry("args", "(4, 6)")
                    .containsEntry("kwargs", "{'deep': ['x']}")
                    .containsEntry("root", plain.id())
                    .containsEntry("retries", 0)
                    .containsEntry("routing_key", "told")
                    .containsEntry("queue", "told")
                    .containsEntry("exchange", "")
                    .containsEntry("sent", true)
                    .hasEntrySatisfying(
                            "by",
                            by -> assertThat(by)
                                    .asString()
                                    .startsWith("gen%d@"
                                            .formatted(ProcessHandle.current().pid())));
            assertThat(json(output.readLine()))
                    .containsEntry("id", later.id())
                    .containsEntry("queue", "other")
                    .hasEntrySatisfying("eta", eta -> assertThat(eta).asString().startsWith("20"));
        } finally {
            python.destroy();
        }
    }

    @Test
    void theTasksOfAFlowAreToldAndWhatAnotherClientSendsIsNot() throws IOException {
        var events = new CopyOnWriteArrayList<Event>();
        try (var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()));
                var client = telling("flows");
                var silent = TaskClient.builder(node.amqpUri()).queue("flows").connect()) {
            listen(connection.createChannel(), events);
            silent.send("t.silent");

            client.send(Group.of(List.of(TaskRequest.of("t.add", 1, 1), TaskRequest.of("t.add", 2, 2))));

            Awaitility.await().atMost(SOON).until(() -> events.size() == 2);
            assertThat(events)
                    .extracting(event -> event.fields().path("name").textValue())
                    .containsExactly("t.add", "t.add");
        }
    }

    @Test
    void whatTheClientSentLastIsToldBeforeItCloses() throws IOException {
        var events = new CopyOnWriteArrayList<Event>();
        try (var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            listen(connection.createChannel(), events);
            try (var client = telling("closing")) {
                client.send("t.first");
                Awaitility.await().atMost(SOON).until(() -> events.size() == 1);
                client.send("t.last");
            }

            Awaitility.await().atMost(SOON).until(() -> events.size() == 2);
        }
    }

    private TaskClient telling(String queue) {
        return TaskClient.builder(node.amqpUri()).queue(queue).sentEvents().connect();
    }

    private static void listen(Channel channel, List<Event> events) throws IOException {
        channel.exchangeDeclare("celeryev", "topic", true);
        var queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, "celeryev", "task.#");
        channel.basicConsume(
                queue,
                true,
                (tag, got) -> events.addAll(EventCodec.decode(AmqpMessages.fromAmqp(got.getProperties(), got.getBody()))
                        .events()),
                tag -> {});
    }

    private static Map<String, Object> json(String line) throws IOException {
        return TypedJson.mapper().readValue(line, new TypeReference<Map<String, Object>>() {});
    }
}
