package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Queues;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.SignalledTasks.Approval;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tasks that wait for an answer from outside, with a real broker.
@RabbitMqTest
class SignalsIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Approval ADA = new Approval("Ada", 7);

    private final String queue = "signals-" + UUID.randomUUID();
    private final SignalledTasks tasks = new SignalledTasks();
    private final List<WorkerProgram> workers = new ArrayList<>();
    private final RabbitMqNode node;
    private TaskClient client;

    SignalsIT(RabbitMqNode node) {
        this.node = node;
    }

    @BeforeEach
    void connect() {
        client = TaskClient.builder(node.amqpUri()).queue(queue).connect();
    }

    @AfterEach
    void stop() {
        workers.forEach(WorkerProgram::close);
        client.close();
    }

    @Test
    void aSignalThatCameBeforeIsThereAtOnce() throws Exception {
        var id = UUID.randomUUID().toString();
        assertThat(client.signal(id, "approval", ADA)).isTrue();
        start();

        assertThat(client.send(TaskRequest.of("signals.approve"), id).get(SOON).asText())
                .isEqualTo("Ada, 7, attempt 1");
        assertThat(tasks.runs).containsExactly(id);
    }

    @Test
    void aTaskThatWaitsRunsAgainWhenItsSignalComes() throws Exception {
        start();
        var handle = client.send("signals.approve");
        awaitWaiting(handle);
        await("it is told").atMost(SOON).until(() -> handle.status().equals("WAITING"));

        assertThat(client.signal(handle.id(), "approval", ADA)).isTrue();
        assertThat(handle.get(SOON).asText()).as("no attempt was counted").isEqualTo("Ada, 7, attempt 1");
        assertThat(tasks.runs).containsExactly(handle.id(), handle.id());
    }

    @Test
    void signalsAtTheSameMomentAsTheWaitAreNeverMissed() throws Exception {
        start();
        start();
        var many = 200;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var handles = new ArrayList<TaskHandle<?>>();
            var signals = new ArrayList<CompletableFuture<Boolean>>();
            for (int i = 0; i < many; i++) {
                var handle = client.send("signals.approve");
                handles.add(handle);
                long moment = ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(60));
                signals.add(CompletableFuture.supplyAsync(
                        () -> {
                            LockSupport.parkNanos(moment);
                            return client.signal(handle.id(), "approval", ADA);
                        },
                        threads));
            }
            for (var signal : signals) {
                assertThat(signal.get(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            }
            for (var handle : handles) {
                assertThat(handle.get(SOON)).isNotNull();
            }
        }
        assertThat(tasks.ended).as("each once").hasSize(many).doesNotHaveDuplicates();
        assertThat(tasks.runs).as("some had to wait").hasSizeGreaterThan(many);
    }

    @Test
    void aTaskGoesOnWhenTheTimeIsOverAndWhatComesThenIsTooLate() throws Exception {
        start();
        var handle = client.send("signals.brief");
        await("it waits for the second").atMost(SOON).until(() -> tasks.runs.size() == 2);
        awaitWaiting(handle);
        client.signal(handle.id(), "approval", "too late");
        client.signal(handle.id(), "second", "in time");

        assertThat(handle.get(SOON).asText()).isEqualTo("approval was late, not in time");
    }

    @Test
    void aTimeThatIsOverIsAFailureOfTheTask() throws Exception {
        start();
        var handle = client.send("signals.late");

        assertThatThrownBy(() -> handle.get(SOON))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("signal 'approval' did not come within PT2S");
    }

    @Test
    void twoSignalsOfOneTaskComeInAnyOrder() throws Exception {
        start();
        var one = client.send("signals.two");
        var other = client.send("signals.two");
        awaitWaiting(one);
        awaitWaiting(other);
        client.signal(one.id(), "first", "a");
        client.signal(other.id(), "second", 2);
        await("one has its first").atMost(SOON).until(() -> runs(one) == 2);
        client.signal(one.id(), "second", 1);
        client.signal(other.id(), "first", "b");

        assertThat(one.get(SOON).asText()).isEqualTo("a 1");
        assertThat(other.get(SOON).asText()).isEqualTo("b 2");
        assertThat(runs(other))
                .as("only what it waits for wakes it, or the other one does early")
                .isBetween(2L, 3L);
    }

    @Test
    void carelessCodeWaitsAllTheSame() throws Exception {
        start();
        var handle = client.send("signals.careless");
        awaitWaiting(handle);
        client.signal(handle.id(), "approval", "yes");

        assertThat(handle.get(SOON).asText()).isEqualTo("yes");
    }

    @Test
    void aRetryHasTheSignalsThatCame() throws Exception {
        start();
        var handle = client.send("signals.retried");
        awaitWaiting(handle);
        client.signal(handle.id(), "approval", "yes");

        assertThat(handle.get(SOON).asText()).isEqualTo("yes in attempt 2");
    }

    @Test
    void aTaskWhoseWorkerDiedBetweenParkingAndAcknowledgingEndsOnce() throws Exception {
        start();
        var id = UUID.randomUUID().toString();
        var handle = client.send(TaskRequest.of("signals.approve"), id);
        awaitWaiting(handle);
        // what the broker delivers again then: the same message, beside its parked copy
        client.send(TaskRequest.of("signals.approve"), id);
        await("it waits again").atMost(SOON).until(() -> postponed("signals.approve") == 2);

        client.signal(id, "approval", ADA);
        assertThat(handle.get(SOON)).isNotNull();
        client.send("signals.none", "after it").get(SOON);
        assertThat(tasks.ended).containsExactly(id);
    }

    @Test
    void whatWaitsSurvivesARestartOfTheBrokerAndTheEndOfItsWorker() throws Exception {
        start();
        var handle = client.send("signals.two");
        client.signal(handle.id(), "first", "a");
        awaitWaiting(handle);
        workers.removeFirst().close();
        node.restart();
        start();
        client.signal(handle.id(), "second", 3);

        await("it ends").atMost(SOON).until(() -> runs(handle) >= 2);
    }

    @Test
    void hundredsOfTasksWaitWithoutTheOnlySlot() throws Exception {
        start("JTASK_CONCURRENCY", "1");
        var waiting = client.sendAll(IntStream.range(0, 300)
                .mapToObj(i -> TaskRequest.of("signals.approve"))
                .toList());
        await("all wait").atMost(SOON.multipliedBy(3)).until(() -> tasks.runs.size() == 300);

        assertThat(client.send("signals.none", "meanwhile").get(SOON).asText()).isEqualTo("meanwhile");
        var last = waiting.get(299);
        client.signal(last.id(), "approval", ADA);
        assertThat(last.get(SOON)).isNotNull();
        assertThat(tasks.ended).containsExactly(last.id());
    }

    @Test
    void aTaskThatWasRevokedEndsWhenItWakes() throws Exception {
        start();
        var handle = client.send("signals.approve");
        awaitWaiting(handle);
        handle.revoke();
        client.signal(handle.id(), "approval", ADA);

        await("it is revoked").atMost(SOON).until(() -> handle.status().equals("REVOKED"));
        assertThat(tasks.ended).isEmpty();
    }

    @Test
    void aTaskThatExpiresWaitsNoLonger() throws Exception {
        start();
        var handle = client.send(TaskRequest.of("signals.approve").expires(Duration.ofSeconds(10)));

        await("it is revoked").atMost(SOON).until(() -> handle.status().equals("REVOKED"));
        assertThat(tasks.runs).hasSize(1);
    }

    @Test
    void withoutTheRightToWaitTheTaskFailsAndSaysWhatIsMissing() throws Exception {
        start("JTASK_BROKER_URI", user("deaf", ""));
        var handle = client.send("signals.approve");

        assertThatThrownBy(() -> handle.get(SOON))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("let the worker's user configure and read jtask\\.signals\\..*");
        assertThat(client.send("signals.none", "others run").get(SOON)).isNotNull();
    }

    @Test
    void theRightThatTheGuideNamesIsEnough() throws Exception {
        var uri = user("hearing", "|jtask\\\\.signals\\\\..*");
        start("JTASK_BROKER_URI", uri);
        try (var limited = TaskClient.builder(uri).queue(queue).connect()) {
            var handle = limited.send("signals.approve");
            awaitWaiting(handle);
            limited.signal(handle.id(), "approval", ADA);

            assertThat(handle.get(SOON)).isNotNull();
        }
    }

    /// @param more of the queues that it may use
    private String user(String name, String more) {
        var all = "^(amq\\\\.default|signals-.*|celery.*|.*pidbox|[0-9a-f-]{36}%s)$".formatted(more);
        node.view().send("PUT", "/api/users/" + name, "{\"password\": \"secret\", \"tags\": \"\"}");
        node.view()
                .send(
                        "PUT",
                        "/api/permissions/%2F/" + name,
                        "{\"configure\": \"%1$s\", \"write\": \"%1$s\", \"read\": \"%1$s\"}".formatted(all));
        return "amqp://%s:secret@127.0.0.1:%d".formatted(name, node.amqpPort());
    }

    private double postponed(String task) throws IOException {
        var counter = "jtask_worker_tasks_seconds_count{outcome=\"postponed\",task=\"%s\"".formatted(task);
        return Workers.metrics(workers.getFirst())
                .lines()
                .filter(line -> line.startsWith(counter))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private long runs(TaskHandle<?> handle) {
        return tasks.runs.stream().filter(handle.id()::equals).count();
    }

    /// Until its message lies where it waits.
    private void awaitWaiting(TaskHandle<?> handle) throws IOException {
        var place = new SignalPlace(handle.id(), "any").task();
        try (var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            await("it waits")
                    .atMost(SOON)
                    .until(() -> Queues.messages(connection, place).orElse(0) == 1);
        }
    }

    private void start(String... variables) throws IOException {
        var all = new ArrayList<>(List.of("JTASK_NODE_NAME", "test-%d@%s".formatted(workers.size(), queue)));
        all.addAll(List.of(variables));
        workers.add(Workers.start(node, tasks, queue, all.toArray(String[]::new)));
    }
}
