package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Channels;
import dev.jtask.broker.PublishNotConfirmedException;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqCluster;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RedisNode;
import dev.jtask.worker.app.WorkerProgram;
import dev.jtask.worker.registry.TaskClasses;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A cluster of three whose nodes are killed and come back, one after the other, under load. How often is said by the
/// property `jtask.test.cluster.kills`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SurvivingNodesIT {

    private static final Logger LOG = LoggerFactory.getLogger(SurvivingNodesIT.class);
    private static final int KILLS = Integer.getInteger("jtask.test.cluster.kills", 3);
    private static final int WORKERS = 3;
    private static final String QUEUE = "clustered";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String AT_HOME = "at-home";

    private final FaultTasks tasks = new FaultTasks();
    private final AtomicInteger sent = new AtomicInteger();
    private final Queue<TaskHandle<Integer>> retried = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean sending = new AtomicBoolean(true);
    private RabbitMqCluster cluster;

    @BeforeAll
    void startCluster() throws IOException {
        cluster = RabbitMqCluster.start(3);
        try (var connection = BrokerConnections.open(BrokerOptions.of(cluster.amqpUri()))) {
            Channels.on(
                    connection,
                    channel -> channel.queueDeclare(QUEUE, true, false, false, Map.of("x-queue-type", "quorum")));
        }
    }

    @AfterAll
    void stopCluster() {
        cluster.close();
    }

    @Test
    void losesNoTaskAndWorkersMoveWithinSecondsWhenItsNodesAreKilled() throws Exception {
        var workers = new ArrayList<WorkerProgram>();
        // results in the broker are lost with the node that a client's own queue is on
        try (var redis = RedisNode.start();
                var client = TaskClient.builder(cluster.amqpUri())
                        .queue(QUEUE)
                        .publishTimeout(SOON)
                        .resultBackend(redis.uri())
                        .connect()) {
            for (int i = 0; i < WORKERS; i++) {
                workers.add(Workers.start(
                        cluster.nodes().get(0),
                        tasks,
                        QUEUE,
                        "JTASK_BROKER_URI",
                        cluster.amqpUri(),
                        "JTASK_NODE_NAME",
                        "cluster-%d@test".formatted(i),
                        "JTASK_RESULT_BACKEND",
                        redis.uri()));
            }
            var load = Thread.ofVirtual().start(() -> load(client));
            var random = new Random(11);
            for (int kill = 0; kill < KILLS; kill++) {
                killed(cluster.nodes().get((kill + random.nextInt(2)) % 3), workers);
            }
            sending.set(false);
            assertThat(load.join(SOON)).isTrue();

            await("all are done")
                    .atMost(SOON)
                    .until(() -> IntStream.range(0, sent.get()).allMatch(i -> tasks.runs(id(i)) > 0));
            for (var handle : retried) {
                assertThat(handle.get(SOON)).isEqualTo(2);
            }
            long again = IntStream.range(0, sent.get())
                    .filter(i -> tasks.runs(id(i)) > (i % 5 == 0 ? 2 : 1))
                    .count();
            LOG.info("cluster: tasks={} kills={} lost=0 duplicated={} retried={}", sent, KILLS, again, retried.size());
            assertThat(sent.get()).isGreaterThan(100);
            assertThat(retried).hasSizeGreaterThan(20);
        } finally {
            workers.forEach(WorkerProgram::close);
        }
    }

    @Test
    void runsAClassicQueueAgainWhenItsOnlyNodeIsBackAndOthersMeanwhile() throws Exception {
        var home = cluster.nodes().get(1);
        try (var connection = BrokerConnections.open(BrokerOptions.of(home.amqpUri()))) {
            Channels.on(connection, channel -> channel.queueDeclare(AT_HOME, true, false, false, Map.of()));
        }
        try (var client = TaskClient.builder(cluster.amqpUri()).queue(AT_HOME).connect()) {
            client.send(TaskRequest.of("f.count", "before").ignoringResult());
            home.kill();
            try (var worker = Workers.startAny(
                    cluster.nodes().get(0),
                    TaskClasses.of(tasks),
                    QUEUE + "," + AT_HOME,
                    "JTASK_BROKER_URI",
                    cluster.amqpUri(),
                    "JTASK_NODE_NAME",
                    "homely@test")) {
                runs(client, QUEUE, "while-it-is-down");
                assertThat(tasks.runs("before")).isZero();
                home.resume();
                await("what waited there").atMost(SOON).until(() -> tasks.runs("before") == 1);
                runs(client, AT_HOME, "when-it-is-back");

                home.kill();
                runs(client, QUEUE, "while-it-is-down-again");
                home.resume();
                await("it takes messages again").atMost(SOON).until(() -> worker.isReady() && isThere(home));
                runs(client, AT_HOME, "when-it-is-back-again");
            }
        }
    }

    private void runs(TaskClient client, String queue, String id) {
        // a leader that dies refuses it
        await("sent: " + id)
                .atMost(SOON)
                .ignoreException(PublishNotConfirmedException.class)
                .until(() ->
                        client.send(TaskRequest.of("f.count", id).queue(queue).ignoringResult()) != null);
        await(id).atMost(SOON).until(() -> tasks.runs(id) > 0);
    }

    private static boolean isThere(RabbitMqNode home) {
        return home.view().queue(AT_HOME).path("state").asText().equals("running");
    }

    /// One node dies and comes back; in between all go on with the other two.
    private void killed(RabbitMqNode node, List<WorkerProgram> workers) {
        pause(1_000);
        node.kill();
        var start = System.nanoTime();
        int before = sent.get();
        await("workers have moved").atMost(SOON).until(() -> workers.stream().allMatch(WorkerProgram::isReady));
        await("what is sent now is done")
                .atMost(SOON)
                .until(() -> sent.get() > before + 5 && tasks.runs(id(before + 5)) > 0);
        var moved = Duration.ofNanos(System.nanoTime() - start);
        LOG.info("cluster: moved after {} ms", moved.toMillis());
        assertThat(moved).isLessThan(Duration.ofSeconds(30));
        node.resume();
        // a second one that dies before would leave one of three, which decides nothing
        await("it takes part again")
                .atMost(SOON)
                .until(() -> node.view().queue(QUEUE).path("online").size() == WORKERS);
    }

    private void load(TaskClient client) {
        while (sending.get()) {
            try {
                var id = id(sent.get());
                if (sent.get() % 5 == 0) {
                    retried.add(client.send(TaskRequest.of("f.retry", id, 1.2).returning(Integer.class)));
                } else {
                    client.send(TaskRequest.of("f.count", id).ignoringResult());
                }
                sent.incrementAndGet();
            } catch (PublishNotConfirmedException e) {
                LOG.info("cluster: a dying leader refused {}, which is sent again", id(sent.get()));
            }
            pause(5);
        }
    }

    private static String id(int number) {
        return "clustered-" + number;
    }

    private static void pause(long millis) {
        try {
            var _ = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
