package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.TaskClient;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A node of its own, since other tests do not like theirs to be restarted.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "recovery";

    private RabbitMqNode node;
    private TestTasks tasks;
    private WorkerProgram worker;

    @BeforeAll
    void startNode() throws IOException {
        node = RabbitMqNode.start(Files.createTempDirectory("recovery"), "max_message_size = 536870912");
    }

    @AfterAll
    void stopNode() {
        node.close();
    }

    @BeforeEach
    void startWorker() throws IOException {
        tasks = new TestTasks();
        worker = Workers.start(node, tasks, QUEUE);
    }

    @AfterEach
    void stopWorker() {
        worker.close();
    }

    @Test
    void comesBackAfterARestartOfTheBroker() {
        node.restart();
        awaitWork();
        Awaitility.await("one consumer").atMost(SOON).until(() -> consumers() == 1);
    }

    @Test
    void comesBackWhenAllConnectionsAreClosed() {
        node.shell().closeConnections();
        awaitWork();
    }

    @Test
    void aRunningTaskGoesOnAndItsSecondDeliveryIsAcknowledgedWithIt() throws Exception {
        try (var client = client()) {
            client.send("t.wait");
            Awaitility.await("it runs").atMost(SOON).until(() -> tasks.waiting.get() == 1);
            node.shell().closeConnections();
            Awaitility.await("second delivery").atMost(SOON).until(() -> redeliveries() == 1);
            assertThat(tasks.waiting).hasValue(1);
            tasks.gate.countDown();
            Awaitility.await("the queue is empty")
                    .atMost(SOON)
                    .until(() -> node.shell().queues("messages").contains(QUEUE + "\t0"));
        }
        assertThat(tasks.waiting).hasValue(1);
        awaitWork();
        assertThat(Workers.metrics(worker)).contains("jtask_worker_reconnects_total 1.0");
    }

    @Test
    void holdsNoMoreThanItsSlotsWhileTasksOfTheLostConnectionRun() throws Exception {
        try (var client = client()) {
            for (int i = 0; i < 10; i++) {
                client.send("t.wait");
            }
            Awaitility.await("slots are full").atMost(SOON).until(() -> tasks.waiting.get() == 4);
            node.shell().closeConnections();
            Awaitility.await("it is back").atMost(SOON).until(() -> worker.isReady());
            Awaitility.await("nothing is taken for a slot that is not free")
                    .during(Duration.ofSeconds(1))
                    .atMost(SOON)
                    .until(() -> node.shell().queues("messages_unacknowledged").contains(QUEUE + "\t0"));
            tasks.gate.countDown();
            Awaitility.await("all done")
                    .atMost(SOON)
                    .until(() -> node.shell().queues("messages").contains(QUEUE + "\t0"));
            assertThat(tasks.waiting).as("each of them once").hasValue(10);
        }
    }

    @Test
    void declaresAgainAQueueThatWasDeletedWhileItConsumed() throws IOException {
        try (var raw = new RawMessages(node)) {
            raw.delete(QUEUE);
        }
        awaitWork();
    }

    @Test
    void aQueueWithOtherArgumentsIsConsumedAsItIs() throws IOException {
        try (var raw = new RawMessages(node)) {
            raw.declare("recovery-quorum", Map.of("x-queue-type", "quorum", "x-max-length", 100));
        }
        try (var other = Workers.start(node, new TestTasks(), "recovery-quorum");
                var client = TaskClient.builder(node.amqpUri())
                        .queue("recovery-quorum")
                        .connect()) {
            assertThat(client.send("t.add", 1, 2).get(SOON).intValue()).isEqualTo(3);
            assertThat(other.isReady()).isTrue();
        }
    }

    @Test
    void comesBackAfterAChannelError() throws IOException {
        node.shell().eval("[exit(Channel, kill) || Channel <- rabbit_channel:list()]");
        awaitWork();
    }

    @Test
    void aMemoryAlarmStallsItsResultsAndNothingElse() throws Exception {
        try (var client = client()) {
            client.send("t.wait");
            Awaitility.await("it runs").atMost(SOON).until(() -> tasks.waiting.get() == 1);
            node.shell().limitMemory(0.000001);
            tasks.gate.countDown();
            Awaitility.await("the result waits, and so does the acknowledgement")
                    .during(Duration.ofSeconds(1))
                    .atMost(SOON)
                    .until(() -> node.shell().queues("messages_unacknowledged").contains(QUEUE + "\t1"));
            assertThat(Workers.get(worker.httpPort(), "/livez").statusCode()).isEqualTo(200);
            node.shell().limitMemory(0.6);
            Awaitility.await("acknowledged")
                    .atMost(SOON)
                    .until(() -> node.shell().queues("messages").contains(QUEUE + "\t0"));
            assertThat(redeliveries()).isZero();
        }
    }

    @Test
    void aLargeResultThatTheBrokerDoesNotReadIsTroubleAndNotTheWorkersEnd() throws Exception {
        try (var client = client()) {
            var bulky = client.send("t.bulky", 12 << 20);
            Awaitility.await("it runs").atMost(SOON).until(() -> tasks.waiting.get() == 1);
            node.shell().limitMemory(0.000001);
            tasks.gate.countDown();
            Awaitility.await("it takes no work that it could not settle")
                    .atMost(SOON)
                    .until(() ->
                            Workers.get(worker.httpPort(), "/readyz").body().contains("the broker reads nothing"));
            assertThat(Workers.get(worker.httpPort(), "/livez").statusCode()).isEqualTo(200);
            node.shell().limitMemory(0.6);
            assertThat(bulky.get(SOON).asText()).hasSize(12 << 20);
            Awaitility.await("it goes on").atMost(SOON).until(worker::isReady);
            assertThat(redeliveries()).isZero();
        }
    }

    @Test
    void aDrainEndsInTimeThoughTheBrokerReadsNoneOfItsLargeResults() throws Exception {
        try (var client = client()) {
            long took;
            try (var other = Workers.start(node, tasks, "recovery-drain", "JTASK_DRAIN_TIMEOUT", "1s")) {
                for (int i = 0; i < 2; i++) {
                    client.send(TaskRequest.of("t.bulky", 12 << 20).queue("recovery-drain"));
                }
                Awaitility.await("they run").atMost(SOON).until(() -> tasks.waiting.get() == 2);
                node.shell().limitMemory(0.000001);
                tasks.gate.countDown();
                Awaitility.await("they have run")
                        .atMost(SOON)
                        .until(() -> Workers.sum(other, "jtask_worker_unsettled") == 2);
                took = System.nanoTime();
                other.stop();
                took = System.nanoTime() - took;
            } finally {
                node.shell().limitMemory(0.6);
            }
            assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(30));
            Awaitility.await("they are the broker's again")
                    .atMost(SOON)
                    .until(() -> node.shell().queues("messages_ready").contains("recovery-drain\t2"));
        }
    }

    @Test
    void runsATaskWithALargerBodyThanAmqpClientsTakeByThemselves(@TempDir Path folder) throws Exception {
        try (var raw = new RawMessages(node);
                var client = TaskClient.builder(node.amqpUri())
                        .queue("recovery-large")
                        .connect();
                var process = WorkerProcess.start(
                                folder,
                                node,
                                Map.of(
                                        "JTASK_QUEUES",
                                        "recovery-large",
                                        "JAVA_OPTS",
                                        "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx1g"))
                        .awaitReady()) {
            var body = "[[\"" + "a".repeat(70_000_000) + "\"], {}, {}]";
            raw.send("recovery-large", "application/json", Map.of("task", "p.length", "id", "large"), body);

            assertThat(raw.takeResult().result().asInt()).isEqualTo(70_000_000);
            assertThat(client.send("p.length", "next").get(SOON).intValue()).isEqualTo(4);
            assertThat(process.metrics()).contains("jtask_worker_reconnects_total 0.0");
        }
    }

    @Test
    void holdsDelaysItselfWhereItMayNotDeclareTheirQueues() throws Exception {
        node.users().add("limited", "limited");
        node.users().permit("limited", "^(recovery|amq).*", ".*", ".*");
        var limited = node.amqpUri().replace("guest:guest", "limited:limited");
        try (var client = client();
                var other = Workers.start(node, new TestTasks(), "recovery-limited", "JTASK_BROKER_URI", limited)) {
            var before = Instant.now();
            client.send(TaskRequest.of("t.retry", 2).queue("recovery-limited")).get(SOON);
            client.send(TaskRequest.of("t.add", 1).queue("recovery-limited").countdown(Duration.ofMillis(1200)))
                    .get(SOON);
            assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(2700));
            assertThat(other.isReady()).isTrue();
        }
    }

    @Test
    void waitsForItsResultBackendWithoutPilingUpConnections() throws IOException {
        try (var waiting = Worker.builder()
                .broker(node.amqpUri())
                .queues("recovery-redis")
                .nodeName("redisless@here")
                .resultBackend("redis://127.0.0.1:1/0")
                .tasks(new TestTasks())
                .start()) {
            Awaitility.await("never more than one pair and the one before")
                    .during(Duration.ofSeconds(3))
                    .atMost(SOON)
                    .until(() -> node.shell().connections("client_properties").split("redisless@here", -1).length <= 5);
            assertThat(waiting.isReady()).isFalse();
        }
    }

    private TaskClient client() {
        return TaskClient.builder(node.amqpUri()).queue(QUEUE).connect();
    }

    private void awaitWork() {
        Awaitility.await("the worker works again")
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> {
                    try (var client = client()) {
                        return client.send("t.add", 4, 6)
                                        .get(Duration.ofSeconds(5))
                                        .intValue()
                                == 10;
                    }
                });
        Awaitility.await("the worker says so").atMost(SOON).until(() -> worker.isReady());
    }

    private long consumers() {
        return node.shell()
                .queues("consumers")
                .lines()
                .filter(line -> line.startsWith(QUEUE + "\t"))
                .mapToLong(line -> Long.parseLong(line.split("\t", -1)[1]))
                .sum();
    }

    private long redeliveries() throws IOException {
        return Workers.metrics(worker)
                .lines()
                .filter(line -> line.startsWith("jtask_worker_redeliveries_total"))
                .mapToLong(line -> (long) Double.parseDouble(line.split(" ", -1)[1]))
                .sum();
    }
}
