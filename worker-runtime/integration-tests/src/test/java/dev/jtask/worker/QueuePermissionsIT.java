package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.WorkerProgram;
import dev.jtask.worker.registry.TaskClasses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A queue that a login may not declare, read, or be rid of messages of: it is named, tried again, and alone.
@RabbitMqTest
class QueuePermissionsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String OPEN = "permissions-open";
    private static final String OTHER = "permissions-other";
    private static final String JSON = "application/json";

    /// What all of a worker needs but its queues.
    private static final String USUAL = "permissions-open.*|celery.*|.*pidbox";

    private final FaultTasks tasks = new FaultTasks();
    private final RabbitMqNode node;
    private RawMessages raw;
    private TaskClient client;

    QueuePermissionsIT(RabbitMqNode node) {
        this.node = node;
    }

    @BeforeEach
    void connect() throws IOException {
        raw = new RawMessages(node);
        client = TaskClient.builder(node.amqpUri()).queue(OPEN).connect();
        node.view().send("PUT", "/api/users/limited", "{\"password\": \"limited\", \"tags\": \"\"}");
    }

    @AfterEach
    void disconnect() throws IOException {
        for (var queue : new String[] {OPEN, OTHER, OPEN + ".dead", OTHER + ".dead", OTHER + ".suspects"}) {
            raw.delete(queue);
        }
        client.close();
        raw.close();
        node.view().send("DELETE", "/api/users/limited", "");
    }

    @Test
    void aQueueThatMayNotBeDeclaredIsConsumedSoonAfterSomebodyHas() throws Exception {
        permit(USUAL, ".*", ".*");
        try (var worker = start(OTHER + "," + OPEN)) {
            await().atMost(SOON).until(() -> readyz(worker).contains("queue '%s' is not consumed".formatted(OTHER)));
            assertThat(readyz(worker)).contains("ACCESS_REFUSED");
            assertThat(client.send("f.count", "meanwhile").get(SOON).asText()).isEqualTo("meanwhile");

            raw.declare(OTHER, Map.of());
            assertThat(client.send(TaskRequest.of("f.count", "later")
                                    .queue(OTHER)
                                    .returning(String.class))
                            .get(Duration.ofSeconds(30)))
                    .isEqualTo("later");
            await().atMost(SOON).until(worker::isReady);
            assertThat(worker.isAlive()).isTrue();
        }
    }

    @Test
    void aQueueThatMayNotBeReadKeepsNoOtherFromItsShare() throws Exception {
        permit(".*", ".*", USUAL);
        raw.declare(OTHER, Map.of());
        try (var log = new LogLines();
                var worker = start(OTHER + "," + OPEN)) {
            await().atMost(SOON).until(() -> readyz(worker).contains("queue '%s' is not consumed".formatted(OTHER)));
            for (int i = 0; i < 20; i++) {
                assertThat(client.send("f.count", "open").get(SOON).asText()).isEqualTo("open");
            }
            assertThat(log.count("queue '%s' cannot be consumed".formatted(OTHER)))
                    .as("one line when it begins")
                    .isEqualTo(1);

            permit(".*", ".*", ".*");
            await().atMost(SOON).until(worker::isReady);
            assertThat(client.send(TaskRequest.of("f.count", "later")
                                    .queue(OTHER)
                                    .returning(String.class))
                            .get(Duration.ofSeconds(30)))
                    .isEqualTo("later");
        }
    }

    @Test
    void anAdditionalQueueThatCannotBeHadIsAnErrorAndHarmsNothing() throws Exception {
        permit(".*", ".*", ".*");
        try (var worker = start(OPEN)) {
            await().atMost(SOON).until(worker::isReady);
            for (var name : new String[] {"amq.nope", "", "x".repeat(300)}) {
                var answers = client.workers().within(Duration.ofSeconds(10)).addConsumer(name);
                assertThat(answers).hasSize(1);
                assertThat(answers.toString()).as("'%s'", name).contains("error");
            }
            assertThat(client.send("f.count", "open").get(SOON).asText()).isEqualTo("open");
            assertThat(worker.isReady()).isTrue();
            assertThat(node.shell().queues("messages").lines())
                    .as("no queue that the broker has named")
                    .noneMatch(name -> name.startsWith("amq.gen") && !name.startsWith(raw.replyQueue() + "\t"));
        }
    }

    @Test
    void aRefusedMessageIsKeptInAQueueThatIsMadeForIt() throws Exception {
        permit(".*", ".*", ".*");
        try (var worker = start(OPEN)) {
            await().atMost(SOON).until(worker::isReady);
            raw.send(OPEN, JSON, Map.of("task", "f.none", "id", "bad-1"), "[[1], {}, {}]");

            var letter = raw.take(OPEN + ".dead");
            assertThat(new String(letter.body(), StandardCharsets.UTF_8)).isEqualTo("[[1], {}, {}]");
            assertThat(node.view().queue(OPEN + ".dead").path("durable").asBoolean())
                    .isTrue();
            assertThat(worker.isReady()).isTrue();
        }
    }

    @Test
    void aRefusedMessageThatMayNotBeKeptElsewhereStaysAndTheOtherQueuesGoOn() throws Exception {
        permit("permissions-open.*|permissions-other|celery.*|.*pidbox", ".*", ".*");
        raw.declare(OTHER, Map.of("x-queue-type", "quorum", "x-delivery-limit", 1));
        try (var log = new LogLines();
                var worker = start(OTHER + "," + OPEN)) {
            await().atMost(SOON).until(worker::isReady);
            raw.send(OTHER, JSON, Map.of("task", "f.none", "id", "bad-2"), "[[1], {}, {}]");

            await().atMost(SOON).until(() -> readyz(worker).contains("can neither be run nor put to the dead letters"));
            assertThat(readyz(worker)).contains("queue '%s'".formatted(OTHER)).contains("ACCESS_REFUSED");
            int before = log.lines().size();
            long began = System.nanoTime();
            int served = 0;
            while (System.nanoTime() - began < Duration.ofSeconds(8).toNanos()) {
                assertThat(client.send("f.count", "open").get(SOON).asText()).isEqualTo("open");
                served++;
            }
            assertThat(served).isGreaterThan(20);
            assertThat(log.lines().size() - before)
                    .as(() -> String.join("\n", log.lines()))
                    .isLessThan(15);
            await("rests, each after one try more than the broker's limit")
                    .atMost(Duration.ofSeconds(80))
                    .until(() -> log.count("queue '%s' rests".formatted(OTHER)) >= 5);
            assertThat(worker.isAlive()).isTrue();
        }
        // twice, where the worker stops between its copy and the acknowledgement
        await("it is still there").atMost(SOON).until(() -> messages(OTHER) >= 1);
        raw.take(OTHER);
    }

    private WorkerProgram start(String queues) throws IOException {
        return Workers.startAny(
                node,
                TaskClasses.of(tasks),
                queues,
                "JTASK_BROKER_URI",
                node.amqpUri().replace("guest:guest", "limited:limited"));
    }

    private void permit(String configure, String write, String read) {
        node.view()
                .send(
                        "PUT",
                        "/api/permissions/%2F/limited",
                        "{\"configure\": \"^(%s)$\", \"write\": \"^(%s)$\", \"read\": \"^(%s)$\"}"
                                .formatted(configure, write, read));
    }

    private int messages(String queue) {
        return node.shell()
                .queues("messages")
                .lines()
                .filter(line -> line.startsWith(queue + "\t"))
                .mapToInt(line -> Integer.parseInt(line.split("\t", -1)[1]))
                .sum();
    }

    private static String readyz(WorkerProgram worker) throws IOException {
        return Workers.get(worker.httpPort(), "/readyz").body();
    }
}
