package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.RedisNode;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Messages with one idempotency key, on workers that share a Redis.
@RabbitMqTest
class IdempotencyIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration WINDOW = Duration.ofHours(1);

    private static RedisNode redis;

    private final String queue = "once-" + UUID.randomUUID();
    private final String key = UUID.randomUUID().toString();
    private final Tasks tasks = new Tasks();
    private RabbitMqNode node;
    private TaskClient client;
    private WorkerProgram worker;

    @BeforeAll
    static void startRedis() {
        redis = RedisNode.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void startWorker(RabbitMqNode broker) throws IOException {
        node = broker;
        client = TaskClient.builder(broker.amqpUri())
                .queue(queue)
                .resultBackend(redis.uri())
                .connect();
        worker = Workers.start(broker, tasks, queue, "JTASK_RESULT_BACKEND", redis.uri());
    }

    @AfterEach
    void stopWorker() {
        tasks.gate.countDown();
        worker.close();
        client.close();
    }

    @Test
    void theSecondMessageGetsTheResultOfTheFirst() {
        assertThat(client.send(count()).get(SOON)).isEqualTo(1);
        assertThat(client.send(count()).get(SOON)).isEqualTo(1);
        assertThat(client.send(count("another " + key)).get(SOON)).isEqualTo(2);
        assertThat(client.send(TaskRequest.of("once.count").returning(Integer.class))
                        .get(SOON))
                .as("without a key")
                .isEqualTo(3);
    }

    @Test
    void theKeyIsFreeAgainAfterTheWindow() {
        var brief = TaskRequest.of("once.count").returning(Integer.class).idempotencyKey(key, Duration.ofSeconds(1));
        assertThat(client.send(brief).get(SOON)).isEqualTo(1);
        Awaitility.await("it runs again")
                .atMost(SOON)
                .until(() -> client.send(brief).get(SOON).equals(2));
    }

    @Test
    void oneThatComesWhileTheFirstRunsWaitsForItsResult() {
        var first = client.send(gated());
        Awaitility.await("it runs").atMost(SOON).until(() -> tasks.runs.get() == 1);
        var second = client.send(gated());
        Awaitility.await("it was looked at")
                .atMost(SOON)
                .until(() -> Workers.metrics(worker).contains("outcome=\"postponed\""));
        tasks.gate.countDown();
        assertThat(first.get(SOON).asText()).isEqualTo("run 1");
        assertThat(second.get(SOON).asText()).isEqualTo("run 1");
        assertThat(tasks.runs).hasValue(1);
    }

    @Test
    void aFailureFreesTheKey() {
        var failing = TaskRequest.of("once.failing").idempotencyKey(key, WINDOW);
        assertThatThrownBy(() -> client.send(failing).get(SOON)).isInstanceOf(TaskFailedException.class);
        assertThatThrownBy(() -> client.send(failing).get(SOON)).isInstanceOf(TaskFailedException.class);
        assertThat(tasks.runs).hasValue(2);
    }

    @Test
    void aTaskKeepsItsKeyFromOneAttemptToTheNext() {
        var retrying = TaskRequest.of("once.retrying").idempotencyKey(key, WINDOW);
        var first = client.send(retrying);
        Awaitility.await("first attempt")
                .atMost(SOON)
                .until(() ->
                        Set.of("RETRY", "SUCCESS").contains(first.status())); // may be over before it was looked at
        var second = client.send(retrying);
        assertThat(first.get(SOON).asInt()).isEqualTo(2);
        assertThat(second.get(SOON).asInt()).isEqualTo(2);
        assertThat(tasks.runs).hasValue(2);
    }

    @Test
    void aTaskWhoseTimeIsOverDoesNotKeepItsKey() {
        var stubborn = TaskRequest.of("once.gated")
                .timeLimits(null, Duration.ofMillis(200))
                .idempotencyKey(key, WINDOW);
        var first = client.send(stubborn);
        assertThatThrownBy(() -> first.get(SOON)).hasMessageContaining("TimeLimitExceeded");
        Awaitility.await("it has begun, which takes longer than its limit on a busy machine")
                .atMost(SOON)
                .until(() -> tasks.runs.get() == 1);
        tasks.gate.countDown();
        assertThat(client.send(gated()).get(SOON).asText()).isEqualTo("run 2");
    }

    @Test
    void whatFollowsASecondMessageGetsTheResultToo() {
        var step = count();
        assertThat(client.send(step).get(SOON)).isEqualTo(1);
        var next = TaskRequest.of("once.double").returning(Integer.class);
        assertThat(client.send(Chain.of(step).then(next)).get(SOON)).isEqualTo(2);
        assertThat(tasks.runs).hasValue(1);
    }

    @Test
    void runsOnceThoughTheConnectionIsLostInBetween() throws IOException {
        var first = client.send(gated());
        Awaitility.await("it runs").atMost(SOON).until(() -> tasks.runs.get() == 1);
        var before = reconnects();
        node.shell().closeConnections();
        Awaitility.await("connected again").atMost(SOON).until(() -> reconnects() > before && worker.isReady());
        tasks.gate.countDown();
        assertThat(first.get(SOON).asText()).isEqualTo("run 1");
        assertThat(tasks.runs).hasValue(1);
    }

    private double reconnects() throws IOException {
        return Workers.metrics(worker)
                .lines()
                .filter(line -> line.startsWith("jtask_worker_reconnects_total "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    @Test
    void waitsForARedisThatCannotBeReached() throws IOException {
        var away = "once-away-" + UUID.randomUUID();
        try (var own = RedisNode.start();
                var _ = Workers.start(node, tasks, away, "JTASK_RESULT_BACKEND", own.uri());
                var sender = TaskClient.builder(node.amqpUri())
                        .queue(away)
                        .resultBackend(own.uri())
                        .connect()) {
            own.stop();
            var sent = sender.send(count());
            Awaitility.await("it waits in the broker")
                    .atMost(SOON)
                    .until(() -> node.shell().queues("messages").contains(away + "\t0"));
            assertThat(tasks.runs).hasValue(0);
            own.startAgain();
            assertThat(sent.get(SOON)).isEqualTo(1);
        }
        assertThat(tasks.runs).hasValue(1);
    }

    @Test
    void refusesAKeyThatItCouldNotKeep() throws IOException {
        var plain = "once-rpc-" + UUID.randomUUID();
        try (var _ = Workers.start(node, tasks, plain);
                var rpc = TaskClient.builder(node.amqpUri()).queue(plain).connect()) {
            var sent = rpc.send(count());
            assertThatThrownBy(() -> sent.get(SOON))
                    .hasMessageContaining("JTASK_RESULT_BACKEND to redis://")
                    .hasMessageContaining("NotImplementedError");
        }
        assertThat(tasks.runs).hasValue(0);
    }

    @Test
    void refusesATaskWhoseKeyHoldsSomethingElse() throws IOException {
        redis.ask("SET", "jtask-once:once.count:" + key, "x");
        var sent = client.send(count());

        assertThatThrownBy(() -> sent.get(SOON))
                .hasMessageContaining("WRONGTYPE")
                .hasMessageContaining(key);
        assertThat(tasks.runs).hasValue(0);
    }

    @Test
    void refusesAHeaderThatIsNoKey() {
        var odd = client.send(TaskRequest.of("once.count").header("x-jtask-idempotency-key", 7));
        assertThatThrownBy(() -> odd.get(SOON)).hasMessageContaining("x-jtask-idempotency-key is no text: 7");
    }

    private TaskRequest<Integer> count() {
        return count(key);
    }

    private static TaskRequest<Integer> count(String key) {
        return TaskRequest.of("once.count").returning(Integer.class).idempotencyKey(key, WINDOW);
    }

    private TaskRequest<JsonNode> gated() {
        return TaskRequest.of("once.gated").idempotencyKey(key, WINDOW);
    }

    /// Each counts its runs.
    public static final class Tasks {

        final AtomicInteger runs = new AtomicInteger();
        final CountDownLatch gate = new CountDownLatch(1);

        @Task("once.count")
        public int count() {
            return runs.incrementAndGet();
        }

        @Task("once.double")
        public int twice(int number) {
            return 2 * number;
        }

        @Task("once.gated")
        public String gated() {
            int run = runs.incrementAndGet();
            boolean open = false;
            while (!open) {
                try {
                    gate.await();
                    open = true;
                } catch (InterruptedException e) {
                    // deaf on purpose
                }
            }
            return "run " + run;
        }

        @Task("once.failing")
        public void failing() {
            throw new IllegalStateException("run " + runs.incrementAndGet());
        }

        @Task("once.retrying")
        public int retrying(TaskContext context) {
            runs.incrementAndGet();
            if (context.attempt() == 1) {
                throw context.retry(Duration.ofMillis(1500));
            }
            return context.attempt();
        }
    }
}
