package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.protocol.topology.LimitScope;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.Relay;
import dev.jtask.worker.app.WorkerProgram;
import dev.jtask.worker.registry.SharedLimits;
import dev.jtask.worker.registry.TaskClasses;
import dev.jtask.worker.registry.TaskDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Limits that several workers keep together, counted by RabbitMQ alone.
@RabbitMqTest
class SharedLimitsIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int KEYS = 3;
    private static final int TASKS = 60;

    private final String queue = "limits-" + UUID.randomUUID();
    private final LimitedTasks tasks = new LimitedTasks();
    private final LimitedTasks lost = new LimitedTasks();
    private final List<WorkerProgram> workers = new ArrayList<>();
    private final RabbitMqNode node;
    private TaskClient client;

    SharedLimitsIT(RabbitMqNode node) {
        this.node = node;
    }

    @BeforeEach
    void connect() throws IOException {
        client = TaskClient.builder(node.amqpUri()).queue(queue).connect();
    }

    @AfterEach
    void stop() {
        tasks.gate.countDown();
        lost.gate.countDown();
        workers.forEach(WorkerProgram::close);
        client.close();
    }

    @Test
    void neverDoMoreRunOfAKeyThanMayAndAllRunOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            start(tasks);
        }

        var sent = IntStream.range(0, TASKS)
                .mapToObj(i -> client.send("limits.brief", "key-" + i % KEYS, i))
                .toList();
        for (var each : sent) {
            assertThat(each.get(SOON).asText()).isEqualTo("attempt 1, redelivered false");
        }

        assertThat(tasks.runs).hasValue(TASKS);
        assertThat(tasks.most)
                .as("as many as may, and no more")
                .hasSize(KEYS)
                .allSatisfy((key, most) -> assertThat(most).isEqualTo(2));
        assertThat(putOff("limits.brief")).as("some waited").isPositive();
    }

    @Test
    void aTaskThatWaitsHasNoSlot() throws Exception {
        start(tasks, "JTASK_CONCURRENCY", "2");
        client.send("limits.gated", "ada", 1);
        await("it runs").atMost(SOON).until(() -> tasks.started.size() == 1);
        IntStream.range(2, 6).forEach(i -> client.send("limits.gated", "ada", i));

        assertThat(client.send("limits.brief", "free", 0).get(SOON)).isNotNull();
        assertThat(tasks.started).containsExactly("ada 1", "free 0");
    }

    @Test
    void whatAWorkerHeldIsFreeWhenItIsGone() throws Exception {
        var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (var relay = Relay.start(door, node.amqpPort())) {
            start(lost, "JTASK_BROKER_URI", through(relay));
            client.send("limits.gated", "ada", 1);
            await("it runs").atMost(SOON).until(() -> lost.started.size() == 1);
            start(tasks);
            client.send("limits.gated", "ada", 2);
            await("it is put off").atMost(SOON).until(() -> putOff("limits.gated") > 0);
            assertThat(tasks.started).isEmpty();

            door.close();
            relay.cut();
            await("another one goes on").atMost(SOON).until(() -> tasks.started.size() == 1);
            tasks.gate.countDown();
            await("both have run there").atMost(SOON).until(() -> tasks.runs.get() == 2);
            assertThat(tasks.most).containsEntry("ada", 1);
        }
    }

    @Test
    void whatGoesOnWithoutItsConnectionIsCountedAgain() throws Exception {
        start(tasks);
        client.send("limits.gated", "ada", 1);
        await("it is counted").atMost(SOON).until(() -> counted("ada").size() == 1);
        var before = counted("ada");

        node.shell().closeConnections();
        await("it is counted again")
                .atMost(SOON)
                .until(() -> counted("ada").size() == 1 && !counted("ada").equals(before));
        assertThat(tasks.started).hasSize(1);

        tasks.gate.countDown();
        await("it is over").atMost(SOON).until(() -> counted("ada").isEmpty());
    }

    @Test
    void anotherLimitIsKeptFromTheNextTaskOn() throws Exception {
        start(tasks);
        client.send("limits.gated", "ada", 1);
        await("it runs").atMost(SOON).until(() -> tasks.started.size() == 1);
        client.send("limits.gated", "ada", 2);
        await("one is too many").atMost(SOON).until(() -> putOff("limits.gated") > 0);

        var other = queue + "-other";
        var forTwo = TaskClasses.of(tasks).stream().map(SharedLimitsIT::forTwo).toList();
        workers.add(Workers.start(node, forTwo, other));
        client.send(TaskRequest.of("limits.gated", "ada", 3).queue(other));
        await("two are not").atMost(SOON).until(() -> tasks.started.contains("ada 3"));
        assertThat(tasks.most).containsEntry("ada", 2);
    }

    @Test
    void noMoreStartInATimeThanMay() throws Exception {
        start(tasks);
        start(tasks);
        IntStream.range(0, 4).forEach(i -> client.send("limits.hourly", "ada", i));
        await("those run that may").atMost(SOON).until(() -> tasks.runs.get() == 3);

        var late = client.send(TaskRequest.of("limits.hourly", "ada", 4).expires(Duration.ofSeconds(2)));
        await("what expires is not kept for it")
                .atMost(SOON)
                .until(() -> late.status().equals("REVOKED"));
        client.send("limits.hourly", "bob", 0).get(SOON);
        assertThat(tasks.runs).as("and one of another key").hasValue(4);
    }

    @Test
    void withoutTheRightToCountItIsPutOffAndSaysSo() throws Exception {
        node.view().send("PUT", "/api/users/uncounted", "{\"password\": \"uncounted\", \"tags\": \"\"}");
        node.view()
                .send(
                        "PUT",
                        "/api/permissions/%2F/uncounted",
                        "{\"configure\": \"limits-.*|celery.*|.*pidbox\", \"write\": \".*\", \"read\": \".*\"}");
        var worker =
                start(tasks, "JTASK_BROKER_URI", "amqp://uncounted:uncounted@127.0.0.1:%d".formatted(node.amqpPort()));
        client.send("limits.gated", "ada", 1);

        await("it is put off").atMost(SOON).until(() -> putOff("limits.gated") > 0);
        assertThat(tasks.started).isEmpty();
        assertThat(worker.isReady()).as("other tasks run").isTrue();
    }

    private WorkerProgram start(LimitedTasks of, String... variables) throws IOException {
        return start(TaskClasses.of(of), variables);
    }

    private WorkerProgram start(List<TaskDefinition> of, String... variables) throws IOException {
        var all = new ArrayList<>(List.of("JTASK_NODE_NAME", "test-%d@%s".formatted(workers.size(), queue)));
        all.addAll(List.of(variables));
        var worker = Workers.start(node, of, queue, all.toArray(String[]::new));
        workers.add(worker);
        return worker;
    }

    private static TaskDefinition forTwo(TaskDefinition task) {
        var shared = task.options().shared();
        return task.withOptions(task.options().withSharedLimits(new SharedLimits(2, shared.maxRate(), shared.key())));
    }

    private String through(Relay relay) {
        return node.amqpUri().replace(":" + node.amqpPort(), ":" + relay.port());
    }

    /// The channels of those who are counted.
    private List<String> counted(String key) {
        var name = new LimitScope("limits.gated", key).running();
        return StreamSupport.stream(node.view().get("/api/consumers").spliterator(), false)
                .filter(consumer -> consumer.path("queue").path("name").asText().equals(name))
                .map(consumer -> consumer.path("consumer_tag").asText())
                .toList();
    }

    /// By all workers.
    private double putOff(String task) {
        var counter = "jtask_worker_put_off_total{task=\"%s\"}".formatted(task);
        return workers.stream()
                .flatMap(worker -> metrics(worker).lines())
                .filter(line -> line.startsWith(counter))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static String metrics(WorkerProgram worker) {
        try {
            return Workers.metrics(worker);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
