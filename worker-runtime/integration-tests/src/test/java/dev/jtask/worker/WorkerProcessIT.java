package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.RedisNode;
import dev.jtask.testing.process.TaskJar;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RabbitMqTest
class WorkerProcessIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final String queue = "process-" + UUID.randomUUID();
    private RabbitMqNode node;
    private TaskClient client;

    @BeforeEach
    void connect(RabbitMqNode broker) {
        node = broker;
        client = TaskClient.builder(broker.amqpUri()).queue(queue).connect();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void aKilledWorkerLosesNothing() throws Exception {
        var handles = send(5);
        try (var first = worker().awaitReady()) {
            awaitLines("started", 2);
            first.kill();
            first.awaitExit();
        }
        try (var second = worker().awaitReady()) {
            open();
            for (var handle : handles) {
                handle.get(SOON);
            }
            assertThat(lines("done")).containsExactlyInAnyOrder("0", "1", "2", "3", "4");
            assertThat(lines("started")).as("two ran twice").hasSize(7);
            second.terminate();
            assertThat(second.awaitExit()).isZero();
        }
        awaitMessages(0);
    }

    @Test
    void aKilledWorkerDoesNotTakeAnIdempotencyKeyWithIt() throws Exception {
        try (var redis = RedisNode.start();
                var sender = TaskClient.builder(node.amqpUri())
                        .queue(queue)
                        .resultBackend(redis.uri())
                        .connect()) {
            var request =
                    TaskRequest.of("p.gated", folder.toString(), "0").idempotencyKey("order-7", Duration.ofHours(1));
            var first = sender.send(request);
            try (var killed = worker("JTASK_RESULT_BACKEND", redis.uri()).awaitReady()) {
                awaitLines("started", 1);
                killed.kill();
                killed.awaitExit();
            }
            open();
            try (var _ = worker("JTASK_RESULT_BACKEND", redis.uri()).awaitReady()) {
                assertThat(first.get(SOON).asText()).isEqualTo("0");
                assertThat(sender.send(request).get(SOON).asText()).isEqualTo("0");
            }
            assertThat(lines("started")).as("one run was killed").hasSize(2);
            assertThat(lines("done")).hasSize(1);
        }
    }

    @Test
    void sigtermFinishesWhatRunsReturnsTheRestAndExitsWithZero() throws Exception {
        var handles = send(5);
        try (var worker = worker("JTASK_PREFETCH", "4").awaitReady()) {
            awaitLines("started", 2);
            worker.terminate();
            Awaitility.await("not ready").atMost(SOON).until(() -> worker.status("/readyz") == 503);
            assertThat(worker.status("/livez")).isEqualTo(200);
            Awaitility.await("the rest is back in the queue")
                    .atMost(SOON)
                    .until(() -> node.view().queue(queue).path("messages_ready").asInt(-1) == 3);
            open();
            assertThat(worker.awaitExit()).as(worker.log()).isZero();
        }
        assertThat(lines("done")).hasSize(2).containsExactlyInAnyOrderElementsOf(lines("started"));
        Awaitility.await("results of the two that ran")
                .atMost(SOON)
                .until(() -> handles.stream().filter(TaskHandle::isReady).count() == 2);
        awaitMessages(3);
    }

    @Test
    void theDrainTimeoutInterruptsWhatRunsAndReturnsIt() throws Exception {
        send(2);
        try (var worker = worker("JTASK_DRAIN_TIMEOUT", "500ms").awaitReady()) {
            awaitLines("started", 2);
            worker.terminate();
            assertThat(worker.awaitExit()).as(worker.log()).isZero();
        }
        assertThat(folder.resolve("done")).doesNotExist();
        awaitMessages(2);
    }

    @Test
    void whatMakesAnExceptionOfItsOwnOfTheInterruptGoesBackAsWell() throws Exception {
        var handle = client.send("p.stubborn", folder.toString(), "0");
        try (var worker = worker("JTASK_DRAIN_TIMEOUT", "500ms").awaitReady()) {
            awaitLines("started", 1);
            worker.terminate();
            assertThat(worker.awaitExit()).as(worker.log()).isZero();
        }
        awaitMessages(1);
        open();
        try (var _ = worker().awaitReady()) {
            assertThat(handle.get(SOON).asText()).isEqualTo("0");
        }
    }

    @Test
    void whatAnswersTheInterruptWithItsLastRetryOrARejectionGoesBackAsWell() throws Exception {
        var retried = client.send("p.decided", folder.toString(), "retry");
        var rejected = client.send("p.decided", folder.toString(), "reject");
        try (var worker = worker("JTASK_DRAIN_TIMEOUT", "500ms").awaitReady()) {
            awaitLines("started", 2);
            worker.terminate();
            assertThat(worker.awaitExit()).as(worker.log()).isZero();
        }
        awaitMessages(2);
        open();
        try (var _ = worker().awaitReady()) {
            assertThat(retried.get(SOON).asText()).isEqualTo("retry");
            assertThat(rejected.get(SOON).asText()).isEqualTo("reject");
        }
    }

    @Test
    void aSecondSigtermSkipsTheWaiting() throws Exception {
        send(1);
        try (var worker = worker("JTASK_DRAIN_TIMEOUT", "1h").awaitReady()) {
            awaitLines("started", 1);
            worker.terminate();
            Awaitility.await("draining").atMost(SOON).until(() -> worker.status("/readyz") == 503);
            worker.terminate();
            assertThat(worker.awaitExit()).as(worker.log()).isZero();
        }
        awaitMessages(1);
    }

    @Test
    void aWorkerThatNeverReachedTheBrokerStopsAtOnce() throws Exception {
        try (var worker = worker("JTASK_BROKER_URI", "amqp://guest:guest@127.0.0.1:1/")) {
            Awaitility.await("it tries").atMost(SOON).until(() -> worker.log().contains("trying again"));
            // the port is told beside it
            Awaitility.await("it listens").atMost(SOON).until(() -> worker.status("/readyz") == 503);
            worker.terminate();
            assertThat(worker.awaitExit()).isZero();
        }
    }

    @Test
    void aVariableThatNobodyKnowsIsNamedAndASigtermDuringTheStartIsHeard() throws Exception {
        try (var worker = worker("JTASK_CONCURENCY", "3")) {
            Awaitility.await("its first line")
                    .atMost(SOON)
                    .until(() -> !worker.log().isBlank());
            worker.terminate();
            assertThat(worker.awaitExit()).as(worker.log()).isZero();
            assertThat(worker.log()).contains("JTASK_CONCURENCY", "did you mean JTASK_CONCURRENCY");
        }
    }

    /// In a classic queue and a quorum queue at once, each with one task that ends its worker.
    @Test
    void aTaskThatEndsItsWorkersIsBlamedAndNoneThatWasBesideIt() throws Exception {
        int neighbours = 50;
        var queues = List.of(queue, queue + "-quorum");
        try (var raw = new RawMessages(node)) {
            raw.declare(queues.get(1), Map.of("x-queue-type", "quorum"));
            var innocent = new ArrayList<TaskHandle<?>>();
            var guilty = new ArrayList<TaskHandle<?>>();
            for (var each : queues) {
                for (int i = 0; i < neighbours; i++) {
                    if (i == 5) {
                        guilty.add(client.send(TaskRequest.of("p.halt").queue(each)));
                    }
                    innocent.add(client.send(TaskRequest.of("p.length", "four").queue(each)));
                }
            }
            var all = Stream.concat(innocent.stream(), guilty.stream()).toList();
            int deaths = 0;
            while (!all.stream().allMatch(TaskHandle::isReady)) {
                try (var worker = worker(
                        "JTASK_QUEUES",
                        String.join(",", queues),
                        "JTASK_REDELIVERY_LIMIT",
                        "1",
                        "JTASK_PREFETCH",
                        "40")) {
                    Awaitility.await("it dies, or all is done")
                            .atMost(SOON)
                            .until(() -> worker.hasEnded() || all.stream().allMatch(TaskHandle::isReady));
                    deaths += worker.hasEnded() ? 1 : 0;
                }
                assertThat(deaths).isLessThan(10);
            }

            for (var each : innocent) {
                assertThat(each.get(SOON)).hasToString("4");
            }
            for (var each : queues) {
                var letter = raw.take(each + ".dead").properties().headers();
                assertThat(letter)
                        .containsEntry("task", "p.halt")
                        .containsEntry("x-jtask-reason", "delivered 3 times without coming to an end");
                assertThat(raw.messages(each + ".dead")).isZero();
            }
        }
    }

    @Test
    void aBodyThatTheMemoryCannotHoldStaysTheBrokersAndOthersRun() throws Exception {
        try (var raw = new RawMessages(node)) {
            try (var worker = worker(
                            "JAVA_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx56m -XX:+ExitOnOutOfMemoryError")
                    .awaitReady()) {
                for (int i = 0; i < 3; i++) {
                    var body = "[[\"" + "a".repeat(15 << 20) + "\"], {}, {}]";
                    raw.send(queue, "application/json", Map.of("task", "p.logged", "id", "large-" + i), body);
                }
                for (int i = 0; i < 10; i++) {
                    client.send("p.logged", "next").get(SOON);
                }

                assertThat(worker.isRunning()).isTrue();
                Awaitility.await("it says so")
                        .atMost(SOON)
                        .until(() -> worker.log().contains("stays unacknowledged, and others run"));
                worker.kill();
            }
            // and perhaps the last of the others, whose acknowledgement was still on its way
            Awaitility.await("all are there").atMost(SOON).until(() -> raw.messages(queue) >= 3);
        }
    }

    @Test
    void aBodyThatTheMemoryCannotHoldTwiceIsRefusedAndTheNextTaskRuns() throws Exception {
        try (var raw = new RawMessages(node);
                var worker = worker(
                                "JAVA_OPTS",
                                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx96m -XX:+ExitOnOutOfMemoryError")
                        .awaitReady()) {
            // as much as RabbitMQ 4 takes by itself
            var body = "[[\"" + "a".repeat(15 << 20) + "\"], {}, {}]";
            raw.send(queue, "application/json", Map.of("task", "p.logged", "id", "large"), body);

            assertThat(raw.takeResult().status()).isEqualTo("FAILURE");
            assertThat(raw.take(queue + ".dead").properties().headers().get("x-jtask-reason"))
                    .asString()
                    .startsWith("the body has %d bytes".formatted(body.length()));
            client.send("p.logged", "next").get(SOON);
            assertThat(worker.isRunning()).isTrue();
            assertThat(raw.messages(queue + ".dead")).isZero();
        }
    }

    @Test
    void servicesOfTheJarAreFoundInTheCommonPoolToo() throws Exception {
        var jar = TaskJar.write(
                folder.resolve("pool.jar"), PoolTasks.class, PoolTasks.Greeter.class, PoolTasks.Hello.class);
        try (var files = FileSystems.newFileSystem(jar)) {
            var services = Files.createDirectories(files.getPath("META-INF/services"));
            Files.writeString(services.resolve(PoolTasks.Greeter.class.getName()), PoolTasks.Hello.class.getName());
        }
        try (var worker = WorkerProcess.start(folder, node, Map.of("JTASK_QUEUES", queue), jar.toString())
                .awaitReady()) {
            assertThat(client.send("pool.promise").get(SOON).textValue())
                    .as(worker.log())
                    .isEqualTo("hello");
            assertThat(client.send("pool.stream").get(SOON).intValue()).isEqualTo(5_000);
            assertThat(client.send("pool.resource").get(SOON).booleanValue()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "JTASK_BROKER_URI, http://guest:s3cret@x",
        "JTASK_QUEUES, 'a,,b'",
        "JTASK_CONCURRENCY, 0",
        "JTASK_PREFETCH, much",
        "JTASK_DRAIN_TIMEOUT, soon",
        "JTASK_HTTP_PORT, 70000",
        "JTASK_THREADS, green",
        "JTASK_RESULT_BACKEND, mysql://x",
        "JTASK_TLS_CA, /no/such/file",
    })
    void aWrongVariableStopsTheStartWithOneSentence(String variable, String value) throws Exception {
        try (var worker = worker(variable, value)) {
            assertThat(worker.awaitExit()).isEqualTo(2);
            assertThat(worker.log().lines().filter(line -> !line.startsWith("WARNING:")))
                    .singleElement()
                    .asString()
                    .startsWith("jtask-worker: " + variable)
                    .doesNotContain("s3cret");
        }
    }

    private WorkerProcess worker(String... variable) throws IOException {
        var all = new HashMap<>(Map.of("JTASK_QUEUES", queue, "JTASK_DRAIN_TIMEOUT", "10m"));
        for (int i = 0; i < variable.length; i += 2) {
            all.put(variable[i], variable[i + 1]);
        }
        return WorkerProcess.start(folder, node, all);
    }

    private List<TaskHandle<?>> send(int count) {
        var handles = new ArrayList<TaskHandle<?>>();
        for (int i = 0; i < count; i++) {
            handles.add(client.send("p.gated", folder.toString(), Integer.toString(i)));
        }
        return handles;
    }

    private void open() throws IOException {
        Files.createFile(folder.resolve("gate"));
    }

    private List<String> lines(String file) throws IOException {
        var path = folder.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    private void awaitLines(String file, int count) {
        Awaitility.await(file).atMost(SOON).until(() -> lines(file).size() >= count);
    }

    /// Ready, once the broker has read the last words of whoever had them.
    private void awaitMessages(long number) {
        Awaitility.await("messages")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(List.of(figure("messages"), figure("messages_unacknowledged")))
                        .containsExactly(number, 0L));
    }

    private long figure(String name) {
        return Long.parseLong(node.shell()
                .queues(name)
                .lines()
                .filter(line -> line.startsWith(queue))
                .findFirst()
                .orElseThrow()
                .split("\\s+", -1)[1]);
    }
}
