package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tasks that run longer than their broker lets a delivery be unacknowledged: five seconds, where it is half
/// an hour elsewhere.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongTasksIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TOLD = "JTASK_CONSUMER_TIMEOUT";

    private RabbitMqNode node;

    @BeforeAll
    void startNode() {
        node = RabbitMqNode.start();
        impatient();
    }

    @AfterAll
    void stopNode() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void aTaskThatOutlivesItsDeliveryRunsOnceAndSoDoItsNeighbours(String type) throws Exception {
        var queue = "long-" + type;
        declare(queue, type);
        var tasks = new LongTasks();
        // it is told that the broker is patient, so that nothing is parked before the broker has shown what it is
        try (var worker = Workers.start(node, tasks, queue, TOLD, "1h", "JTASK_REDELIVERY_LIMIT", "2");
                var client = client(queue)) {
            var began = Instant.now();
            var first = client.send("l.sleep", "first", 12);
            var other = client.send("l.sleep", "other", 7);
            var neighbours = neighbours(client, Duration.ofSeconds(9));

            for (var neighbour : neighbours) {
                neighbour.get(SOON);
            }
            assertThat(other.get(SOON).asText()).isEqualTo("other");
            assertThat(first.get(SOON).asText()).isEqualTo("first");
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofMinutes(2));
            assertThat(tasks.runs("first")).isEqualTo(1);
            assertThat(tasks.runs("other")).isEqualTo(1);
            assertThat(neighbours)
                    .allSatisfy(neighbour ->
                            assertThat(tasks.runs(name(neighbours, neighbour))).isEqualTo(1));
            awaitNothingLeft(queue);
            assertThat(Workers.metrics(worker)).contains("jtask_worker_reconnects_total 0.0");
            assertThat(node.shell().queues("messages")).doesNotContain(queue + ".dead");

            var again = redeliveries(worker);
            if (closesChannels()) {
                assertThat(again).isPositive();
            }
            assertThat(client.send("l.sleep", "later", 8).get(SOON).asText()).isEqualTo("later");
            assertThat(tasks.runs("later")).isEqualTo(1);
            assertThat(redeliveries(worker))
                    .as("it has learnt, and parks what takes longer")
                    .isEqualTo(again);
        }
    }

    @Test
    void otherQueuesOfTheWorkerDoNotNotice() throws Exception {
        var tasks = new LongTasks();
        try (var worker = Workers.start(node, tasks, "long-a,long-b", TOLD, "1h");
                var slow = client("long-a");
                var quick = client("long-b")) {
            var first = slow.send("l.sleep", "slow", 9);
            var neighbours = neighbours(quick, Duration.ofSeconds(8));

            for (var neighbour : neighbours) {
                assertThat(neighbour.get(SOON)).isNotNull();
            }
            assertThat(first.get(SOON).asText()).isEqualTo("slow");
            assertThat(tasks.runs("slow")).isEqualTo(1);
            // its channel may have been closed just now
            await().atMost(SOON).until(worker::isReady);
        }
    }

    @Test
    void whatIsDeclaredLongHoldsNoDelivery() throws Exception {
        declare("long-parked", "classic");
        var tasks = new LongTasks();
        try (var worker = Workers.start(node, tasks, "long-parked", "JTASK_CONCURRENCY", "2");
                var client = client("long-parked")) {
            var sent = Stream.of("one", "two", "waits")
                    .map(name -> client.send("l.gated", name))
                    .toList();
            await("parked").atMost(SOON).until(() -> parked("long-parked") == 2);
            await("no delivery is open, and the next one is not taken before there is a slot")
                    .during(Duration.ofSeconds(8))
                    .atMost(SOON)
                    .until(() -> queue("long-parked").equals("1\t0"));
            assertThat(Workers.metrics(worker)).contains("jtask_worker_parked 2.0");
            tasks.gate.countDown();

            for (var each : sent) {
                assertThat(each.get(SOON)).isNotNull();
            }
            assertThat(List.of(tasks.runs("one"), tasks.runs("two"), tasks.runs("waits")))
                    .containsExactly(1, 1, 1);
            awaitNothingLeft("long-parked");
        }
    }

    @Test
    void whatTurnsOutToBeLongIsParkedInTime() throws Exception {
        var tasks = new LongTasks();
        try (var worker = Workers.start(node, tasks, "long-late", TOLD, "5s");
                var client = client("long-late")) {
            var late = client.send("l.unmarked", "late");
            await("parked").atMost(SOON).until(() -> parked("long-late") == 1);
            tasks.gate.countDown();
            assertThat(late.get(SOON).asText()).isEqualTo("late");

            assertThat(tasks.runs("late")).isEqualTo(1);
            assertThat(redeliveries(worker)).isZero();
            assertThat(worker.isReady()).isTrue();
            awaitNothingLeft("long-late");
        }
    }

    @Test
    void whatIsParkedSurvivesTheDeathOfItsWorker(@TempDir Path folder) throws Exception {
        var variables = Map.of("JTASK_QUEUES", "long-killed", TOLD, "9s");
        try (var client = client("long-killed");
                var first = WorkerProcess.start(folder, node, variables).awaitReady()) {
            var sent = client.send("p.long", folder.toString(), "killed");
            await("parked, and no delivery is open")
                    .atMost(SOON)
                    .until(() ->
                            parked("long-killed") == 1 && queue("long-killed").equals("0\t0"));
            first.kill();
            await("it comes back by itself, without any worker")
                    .atMost(SOON)
                    .until(() -> queue("long-killed").equals("1\t0"));
            Files.createFile(folder.resolve("gate"));
            try (var second = WorkerProcess.start(folder, node, variables).awaitReady()) {
                assertThat(sent.get(SOON).asText()).isEqualTo("killed");
                second.terminate();
                assertThat(second.awaitExit()).isZero();
            }
        }
        assertThat(folder.resolve("started")).hasContent("killed\nkilled");
        assertThat(folder.resolve("done")).hasContent("killed");
        awaitNothingLeft("long-killed");
    }

    @Test
    void whatIsParkedSurvivesARestartOfTheBroker() throws Exception {
        var tasks = new LongTasks();
        try (var worker = Workers.start(node, tasks, "long-restart", TOLD, "180s");
                var client = client("long-restart")) {
            client.send(TaskRequest.of("l.gated", "restart").ignoringResult());
            await("parked").atMost(SOON).until(() -> parked("long-restart") == 1);
            node.restart();
            impatient();
            // a quorum queue counts nothing until it has a leader again
            await("still parked").atMost(SOON).until(() -> parked("long-restart") == 1);
            tasks.gate.countDown();
            await().atMost(SOON).until(worker::isReady);
            awaitNothingLeft("long-restart");
            assertThat(tasks.runs("restart")).isEqualTo(1);
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void whatIsParkedSurvivesTheDeathOfBrokerAndWorker(@TempDir Path folder) throws Exception {
        var variables = Map.of("JTASK_QUEUES", "long-both", TOLD, "9s");
        try (var client = client("long-both");
                var first = WorkerProcess.start(folder, node, variables).awaitReady()) {
            client.send(TaskRequest.of("p.long", folder.toString(), "both").ignoringResult());
            await("parked, and no delivery is open")
                    .atMost(SOON)
                    .until(() -> parked("long-both") == 1 && queue("long-both").equals("0\t0"));
            first.kill();
            node.kill();
            node.resume();
            impatient();
            Files.createFile(folder.resolve("gate"));
            try (var second = WorkerProcess.start(folder, node, variables).awaitReady()) {
                // RabbitMQ looks after three minutes for what was under way between two of its queues
                await("it runs again").atMost(Duration.ofMinutes(5)).until(() -> Files.exists(folder.resolve("done")));
                second.terminate();
                assertThat(second.awaitExit()).isZero();
            }
        }
        assertThat(folder.resolve("done")).hasContent("both");
        awaitNothingLeft("long-both");
    }

    /// Since 4.3 consumers ask for their time.
    private boolean closesChannels() {
        return !node.shell().eval("rabbit_misc:version()").matches("(?s)\"(4\\.([3-9]|\\d\\d)|[5-9]).*");
    }

    private void impatient() {
        node.shell()
                .eval(
                        "application:set_env(rabbit, consumer_timeout, 5000), application:set_env(rabbit, channel_tick_interval, 1000)");
    }

    private void declare(String queue, String type) throws IOException {
        try (var raw = new RawMessages(node)) {
            raw.declare(queue, Map.of("x-queue-type", type));
        }
    }

    private TaskClient client(String queue) {
        return TaskClient.builder(node.amqpUri()).queue(queue).connect();
    }

    /// Short tasks, ten a second.
    private static List<TaskHandle<JsonNode>> neighbours(TaskClient client, Duration time) throws InterruptedException {
        var sent = new ArrayList<TaskHandle<JsonNode>>();
        for (var end = Instant.now().plus(time); Instant.now().isBefore(end); ) {
            sent.add(client.send("l.sleep", "n" + sent.size(), 0.01));
            var _ = new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
        }
        return sent;
    }

    private static String name(List<TaskHandle<JsonNode>> all, TaskHandle<JsonNode> one) {
        return "n" + all.indexOf(one);
    }

    private long parked(String queue) {
        return queues().filter(each -> each.path("name").asText().startsWith(queue + ".parked."))
                .filter(each -> each.path("messages").asInt() == 1)
                .count();
    }

    /// Ready and unacknowledged messages, as the broker counted them in the last second.
    private String queue(String name) {
        var queue = node.view().queue(name);
        return "%s\t%s"
                .formatted(
                        queue.path("messages_ready").asText(),
                        queue.path("messages_unacknowledged").asText());
    }

    private void awaitNothingLeft(String queue) {
        await("nothing is left of it")
                .during(Duration.ofSeconds(2))
                .atMost(SOON)
                .until(() -> queues().filter(each -> each.path("name").asText().startsWith(queue))
                        .allMatch(each -> each.path("messages").asInt(-1) == 0));
    }

    /// By the management API: `rabbitmqctl` again and again takes a processor.
    private Stream<JsonNode> queues() {
        return StreamSupport.stream(
                node.view().get("/api/queues/%2F?columns=name,messages").spliterator(), false);
    }

    private static long redeliveries(WorkerProgram worker) throws IOException {
        return Workers.metrics(worker)
                .lines()
                .filter(line -> line.startsWith("jtask_worker_redeliveries_total"))
                .mapToLong(line -> (long) Double.parseDouble(line.split(" ", -1)[1]))
                .sum();
    }
}
