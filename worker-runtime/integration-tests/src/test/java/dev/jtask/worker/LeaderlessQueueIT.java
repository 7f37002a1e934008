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
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A quorum queue without a leader, over which RabbitMQ ends each connection that consumes it: it harms no other queue.
@RabbitMqTest
class LeaderlessQueueIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String LEADERLESS = "leaderless";
    private static final String HEALTHY = "led";
    private static final int TASKS = 200;

    private final FaultTasks tasks = new FaultTasks();
    private final RabbitMqNode node;
    private TaskClient client;

    LeaderlessQueueIT(RabbitMqNode node) {
        this.node = node;
    }

    @BeforeEach
    void declare() throws IOException {
        try (var raw = new RawMessages(node)) {
            raw.declare(LEADERLESS, Map.of("x-queue-type", "quorum"));
        }
        client = TaskClient.builder(node.amqpUri()).queue(HEALTHY).connect();
    }

    @AfterEach
    void delete() throws IOException {
        client.close();
        try (var raw = new RawMessages(node)) {
            raw.delete(LEADERLESS);
            raw.delete(HEALTHY);
        }
    }

    @Test
    void isNamedAndTriedByItselfWhileTheOtherQueueIsServed() throws Exception {
        stopLeader();
        try (var log = new LogLines();
                var worker = start()) {
            runsEachOnce("first");
            await().atMost(SOON)
                    .until(() -> readyz(worker).contains("queue '%s' is not consumed".formatted(LEADERLESS)));
            runsEachOnce("second");
            assertThat(readyz(worker)).contains("INTERNAL_ERROR").contains("majority of its members");
            assertThat(log.count("queue '%s' cannot be consumed".formatted(LEADERLESS)))
                    .isEqualTo(1);
            assertThat(reconnects(worker)).isLessThanOrEqualTo(1);

            startLeader();
            runsOnLeaderless("later");
            await().atMost(SOON).until(worker::isReady);
            assertThat(reconnects(worker)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void thatLosesItsLeaderWhileItIsConsumedCostsAtMostTwoConnections() throws Exception {
        try (var worker = start()) {
            await().atMost(SOON).until(worker::isReady);
            runsOnLeaderless("before");
            stopLeader();
            node.shell().closeConnections();
            await().atMost(SOON)
                    .until(() -> readyz(worker).contains("queue '%s' is not consumed".formatted(LEADERLESS)));
            runsEachOnce("meanwhile");
            assertThat(reconnects(worker)).isBetween(1, 3);

            startLeader();
            runsOnLeaderless("after");
            await().atMost(SOON).until(worker::isReady);
        }
    }

    @Test
    void costsADrainNothing() throws Exception {
        var worker = start();
        try {
            await().atMost(SOON).until(worker::isReady);
            client.send(TaskRequest.of("f.wait", "waiting").ignoringResult());
            await().atMost(SOON).until(() -> tasks.runs("waiting") == 1);
            stopLeader();
            var closing = Thread.ofVirtual().start(worker::close);
            await("it drains").atMost(SOON).until(() -> !worker.isReady());
            await("it still has its message")
                    .during(Duration.ofSeconds(2))
                    .atMost(SOON)
                    .until(() -> node.shell().queues("messages_unacknowledged").contains(HEALTHY + "\t1"));
            tasks.gate.countDown();
            assertThat(closing.join(SOON)).isTrue();
            assertThat(node.shell().queues("messages")).contains(HEALTHY + "\t0");
        } finally {
            tasks.gate.countDown();
            worker.close();
            startLeader();
        }
    }

    private WorkerProgram start() throws IOException {
        return Workers.startAny(node, TaskClasses.of(tasks), LEADERLESS + "," + HEALTHY, "JTASK_DRAIN_TIMEOUT", "5m");
    }

    private void runsEachOnce(String prefix) {
        for (int i = 0; i < TASKS; i++) {
            client.send(TaskRequest.of("f.count", prefix + i).ignoringResult());
        }
        await(prefix).atMost(SOON).until(() -> IntStream.range(0, TASKS).allMatch(i -> tasks.runs(prefix + i) > 0));
        assertThat(IntStream.range(0, TASKS)).allMatch(i -> tasks.runs(prefix + i) == 1);
    }

    private void runsOnLeaderless(String name) {
        client.send(TaskRequest.of("f.count", name).queue(LEADERLESS).ignoringResult());
        await(name).atMost(SOON).until(() -> tasks.runs(name) == 1);
    }

    private void stopLeader() {
        node.shell().eval("ra:stop_server(quorum_queues, {'%2F_leaderless', node()})");
    }

    private void startLeader() {
        node.shell().eval("ra:restart_server(quorum_queues, {'%2F_leaderless', node()})");
    }

    private static String readyz(WorkerProgram worker) throws IOException {
        return Workers.get(worker.httpPort(), "/readyz").body();
    }

    private static int reconnects(WorkerProgram worker) throws IOException {
        return Workers.metrics(worker)
                .lines()
                .filter(line -> line.startsWith("jtask_worker_reconnects_total "))
                .mapToInt(line -> (int) Double.parseDouble(line.split(" ", -1)[1]))
                .sum();
    }
}
