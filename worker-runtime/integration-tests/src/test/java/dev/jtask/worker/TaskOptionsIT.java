package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.WorkerProgram;
import dev.jtask.worker.registry.Lambda;
import dev.jtask.worker.registry.TaskClasses;
import dev.jtask.worker.registry.TaskDefinition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RabbitMqTest
class TaskOptionsIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final String queue = "options-" + UUID.randomUUID();
    private final OptionTasks tasks = new OptionTasks();
    private RabbitMqNode node;
    private TaskClient client;
    private WorkerProgram worker;

    @BeforeEach
    void start(RabbitMqNode broker) throws IOException {
        node = broker;
        client = TaskClient.builder(broker.amqpUri()).queue(queue).connect();
        var definitions = new ArrayList<TaskDefinition>();
        definitions.addAll(TaskClasses.of(TestTasks.class, TestTasks::new));
        definitions.addAll(TaskClasses.of(tasks));
        definitions.add(Lambda.task("l.upper", String.class, text -> text.toUpperCase(Locale.ROOT)));
        definitions.add(Lambda.task("l.times", Integer.class, Integer.class, (x, y) -> x * y));
        definitions.add(TaskDefinition.of("l.raw", (args, kwargs, context) -> args.size() + kwargs.size()));
        worker = Workers.start(broker, definitions, queue, "JTASK_REDELIVERY_LIMIT", "3", "JTASK_THREADS", "platform");
    }

    @AfterEach
    void stop() {
        tasks.gate.countDown();
        worker.close();
        client.close();
    }

    @Test
    void retriesWithoutLimitAndNotForExcludedExceptions() {
        assertThat(get("o.unlimited", 8).intValue()).isEqualTo(8);
        assertThatThrownBy(() -> get("o.not_for")).hasMessageContaining("EOFException");
        assertThatThrownBy(() -> get("o.exhausted")).hasMessageContaining("MaxRetriesExceededError");
    }

    @Test
    void theSoftLimitInterruptsATaskThatMayTidyUp() {
        assertThatThrownBy(() -> get("o.soft")).hasMessageContaining("SoftTimeLimitExceeded");
        assertThat(get("o.soft_caught").textValue()).isEqualTo("cleaned up, cancelled true");
    }

    @Test
    void theMessagesLimitBeatsTheDefinitions() throws IOException {
        try (var raw = new RawMessages(node)) {
            var limit = Arrays.asList(0.2, null);
            raw.send(
                    queue,
                    "application/json",
                    Map.of("task", "o.tracked", "id", "limited", "timelimit", limit, "ignore_result", false),
                    "[[], {}, {}]");
            assertThat(raw.takeResult().status()).isEqualTo("STARTED");
            assertThat(raw.takeResult().error().type()).isEqualTo("TimeLimitExceeded");
        }
    }

    @Test
    void theHardLimitEndsATaskThatObeys() {
        assertThatThrownBy(() -> get("o.hard")).hasMessageContaining("TimeLimitExceeded");
        assertThat(worker.isAlive()).isTrue();
    }

    @Test
    void aTaskThatIgnoresItsHardLimitLosesItsSlotAndLivenessTells() throws IOException {
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> get("o.stubborn")).hasMessageContaining("TimeLimitExceeded");
        }
        assertThat(get("t.add", 1, 2).intValue()).isEqualTo(3);
        assertThat(Workers.get(worker.httpPort(), "/livez").statusCode()).isEqualTo(503);
        tasks.gate.countDown();
        Awaitility.await("alive again").atMost(SOON).until(worker::isAlive);
    }

    @Test
    void startsNoMoreTasksThanTheRateLimitAllows() {
        var before = Instant.now();
        var handles = new ArrayList<TaskHandle<?>>();
        for (int i = 0; i < 6; i++) {
            handles.add(client.send("o.limited"));
        }
        handles.forEach(handle -> handle.get(SOON));
        assertThat(Duration.between(before, Instant.now())).isBetween(Duration.ofMillis(950), Duration.ofSeconds(45));
    }

    @Test
    void ignoresAResultUnlessTheSenderWantsIt() {
        var handle = client.send("o.ignored");
        assertThat(handle.get(SOON).intValue()).as("the client asks explicitly").isEqualTo(1);
        var flow = Chain.of(TaskRequest.of("t.add", 1, 2))
                .then(TaskRequest.of("o.ignored").complete());
        assertThat(client.send(flow).get(SOON).intValue())
                .as("of a flow as well")
                .isEqualTo(1);
        assertThat(client.send(Group.of(TaskRequest.of("o.ignored"))).get(SOON)).hasSize(1);
    }

    @Test
    void reportsStartAndProgress() {
        var tracked = client.send("o.tracked");
        var progress = client.send("o.progress");
        Awaitility.await("STARTED").atMost(SOON).until(() -> tracked.status().equals("STARTED"));
        Awaitility.await("PROGRESS").atMost(SOON).until(() -> progress.status().equals("PROGRESS"));
        tasks.gate.countDown();
        assertThat(tracked.get(SOON).textValue()).isEqualTo("done");
        assertThat(progress.get(SOON).textValue()).isEqualTo("o.progress");
    }

    @Test
    void acknowledgesEarlyWhenAskedTo() {
        var handle = client.send("o.early");
        Awaitility.await("it runs").atMost(SOON).until(() -> tasks.runs.get() == 1);
        Awaitility.await("and is acknowledged")
                .atMost(SOON)
                .until(() -> node.shell().queues("messages").contains(queue + "\t0"));
        tasks.gate.countDown();
        assertThat(handle.get(SOON).textValue()).isEqualTo("done");
    }

    @Test
    void whatIsAcknowledgedEarlyRunsOnceAlsoWhenItsWorkerStops() throws IOException {
        var early = queue + "-early";
        var request = TaskRequest.of("o.early").queue(early);
        TaskHandle<?> handle;
        try (var _ = Workers.start(node, tasks, early, "JTASK_DRAIN_TIMEOUT", "0s")) {
            handle = client.send(request);
            Awaitility.await("it runs").atMost(SOON).until(() -> tasks.runs.get() == 1);
        }
        assertThatThrownBy(() -> handle.get(SOON)).hasMessageContaining("WorkerLostError");

        tasks.gate.countDown();
        try (var _ = Workers.start(node, tasks, early)) {
            var next = client.send(request);
            assertThat(next.get(SOON)).isNotNull();
            assertThat(tasks.runs).as("the first and the next").hasValue(2);
        }
    }

    @Test
    void aRejectedMessageGoesToTheDeadLetters() throws IOException {
        try (var raw = new RawMessages(node)) {
            raw.declare(queue + ".dead", Map.of());
            assertThatThrownBy(() -> get("o.reject", false)).hasMessageContaining("not wanted");
            assertThat(raw.take(queue + ".dead").properties().headers()).containsEntry("x-jtask-reason", "not wanted");
            assertThat(tasks.runs).hasValue(1);
        }
    }

    @Test
    void aMessageThatComesAgainAndAgainIsStopped() throws IOException {
        try (var raw = new RawMessages(node)) {
            raw.declare(queue + ".dead", Map.of());
            assertThatThrownBy(() -> get("o.reject", true)).hasMessageContaining("delivered 5 times");
            assertThat(tasks.runs).as("the first delivery and three more").hasValue(4);
            assertThat(raw.take(queue + ".dead").properties().headers()).containsEntry("x-jtask-attempt", 5);
        }
    }

    @Test
    void anIgnoringTaskTellsNobody() {
        var handle = client.send("o.ignore");
        Awaitility.await("it ran").atMost(SOON).until(() -> tasks.runs.get() == 1);
        Awaitility.await("acknowledged")
                .atMost(SOON)
                .until(() -> node.shell().queues("messages").contains(queue + "\t0"));
        assertThat(handle.status()).isEqualTo("PENDING");
    }

    @Test
    void sendsTasksFromInside() {
        var child = get("o.spawn").textValue();
        assertThat(UUID.fromString(child)).isNotNull();
    }

    @Test
    void knowsItsContext() {
        var handle = client.send(TaskRequest.of("o.context").header("tenant", "blue"));
        var seen = handle.get(SOON);
        assertThat(seen.path("id").textValue()).isEqualTo(handle.id());
        assertThat(seen.path("root").textValue()).isEqualTo(handle.id());
        assertThat(seen.path("queue").textValue()).isEqualTo(queue);
        assertThat(seen.path("headers").path("tenant").textValue()).isEqualTo("blue");
        assertThat(seen.path("deadline").booleanValue()).isFalse();
    }

    @Test
    void runsLambdas() {
        assertThat(get("l.upper", "abc").textValue()).isEqualTo("ABC");
        assertThat(get("l.times", 6, 7).intValue()).isEqualTo(42);
        assertThat(get("l.raw", 1, 2, 3)).isEqualTo(TypedJson.mapper().valueToTree(3));
        assertThatThrownBy(() -> get("l.upper")).hasMessageContaining("missing argument");
    }

    private JsonNode get(String task, Object... args) {
        return client.send(task, args).get(SOON);
    }

    @Test
    void aQuorumQueuesMessageThatComesAgainAndAgainIsStopped() throws IOException {
        var quorum = queue + "-quorum";
        try (var raw = new RawMessages(node)) {
            raw.declare(quorum, Map.of("x-queue-type", "quorum"));
            raw.declare(quorum + ".dead", Map.of());
            try (var other = Workers.start(node, tasks, quorum, "JTASK_REDELIVERY_LIMIT", "2")) {
                client.send(TaskRequest.of("o.reject", true).queue(quorum));
                assertThat(raw.take(quorum + ".dead").properties().headers()).containsEntry("x-jtask-attempt", 4);
                assertThat(tasks.runs).hasValue(3);
                assertThat(other.isReady()).isTrue();
            }
        }
    }

    @Test
    void aWorkerIsBuiltInsideAnotherProgram() throws IOException {
        var seen = new CopyOnWriteArrayList<String>();
        try (var built = Worker.builder()
                .broker(node.amqpUri())
                .queues(queue + "-built")
                .concurrency(2)
                .nodeName("built@here")
                .tasks(TestTasks.class, TestTasks::new)
                .task("l.half", Double.class, number -> number / 2)
                .interceptor((job, next) -> {
                    seen.add(job.message().task());
                    return next.proceed(job);
                })
                .start()) {
            var half = TaskRequest.of("l.half", 5).queue(queue + "-built").returning(Double.class);
            assertThat(client.send(half).get(SOON)).isEqualTo(2.5);
            assertThat(seen).containsExactly("l.half");
            Awaitility.await("it says that it works").atMost(SOON).until(built::isReady);
        }
    }
}
