package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.client.TaskClient;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.WorkerProgram;
import dev.jtask.worker.registry.TaskClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// A queue that is full, and refuses what is published: only the worker that takes its messages makes room there, and
/// so must not wait for it with all that it may hold.
@RabbitMqTest
class FullQueuesIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LONGER_THAN_A_REST = Duration.ofMinutes(2);
    private static final String JSON = "application/json";
    private static final int MOST = 6;
    private static final Map<String, Object> FULL = Map.of("x-max-length", MOST, "x-overflow", "reject-publish");

    private final FaultTasks tasks = new FaultTasks();
    private RabbitMqNode node;
    private Connection connection;
    private RawMessages raw;
    private String queue;

    @BeforeEach
    void start(RabbitMqNode broker, TestInfo test) throws IOException {
        node = broker;
        connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()));
        raw = new RawMessages(node);
        queue = "full-" + test.getDisplayName().replaceAll("\\W", "");
        raw.declare(queue, FULL);
    }

    @AfterEach
    void stop() {
        raw.close();
        connection.abort();
    }

    @Test
    void whatAWorkerHadThatDiedIsRun() throws Exception {
        int held = 4;
        crowd();
        var dies = BrokerConnections.open(BrokerOptions.of(node.amqpUri()));
        var channel = dies.createChannel();
        for (int i = 0; i < held; i++) {
            assertThat(channel.basicGet(queue, false)).isNotNull();
        }
        crowd();
        dies.abort();
        await().atMost(SOON).until(() -> raw.messages(queue) == MOST + held);

        try (var _ = worker("JTASK_PREFETCH", "2")) {
            waitUntil(() -> tasks.runs("filler") == MOST + held);
        }
        await().atMost(SOON).until(() -> left() == 0);
    }

    @Test
    void aTaskThatRetriesAtOnceDoes() throws IOException {
        tasks.crowd = this::crowd;
        raw.send(queue, JSON, Map.of("task", "f.crowd.retry", "id", "r"), "[[\"again\"], {}, null]");

        try (var _ = worker("JTASK_PREFETCH", "1", "JTASK_CONCURRENCY", "1")) {
            waitUntil(() -> tasks.runs("again") == 2 && tasks.runs("filler") == MOST);
        }
        await().atMost(SOON).until(() -> left() == 0);
    }

    @Test
    void theNextStepOfAChainRuns() throws IOException {
        tasks.crowd = this::crowd;
        try (var client = TaskClient.builder(node.amqpUri()).queue(queue).connect();
                var _ = worker("JTASK_PREFETCH", "1", "JTASK_CONCURRENCY", "1")) {
            var handle = client.send(Chain.of(TaskRequest.of("f.crowd", "first"))
                    .then(TaskRequest.of("f.follow", "second", "xyz").returning(Integer.class)));

            assertThat(handle.get(SOON)).isEqualTo(8);
            waitUntil(() -> tasks.runs("filler") == MOST);
        }
        await().atMost(SOON).until(() -> left() == 0);
    }

    @Test
    void whatATaskSendsRuns() throws IOException {
        tasks.crowd = this::crowd;
        raw.send(queue, JSON, Map.of("task", "f.crowd.send", "id", "s"), "[[\"parent\", \"child\"], {}, null]");

        try (var _ = worker("JTASK_PREFETCH", "1", "JTASK_CONCURRENCY", "1")) {
            waitUntil(() -> tasks.runs("child") == 1);
            assertThat(tasks.runs("parent")).isEqualTo(1);
        }
    }

    @Test
    void whatGoesThroughAnExchangeToTheWorkersOwnQueueRuns() throws IOException {
        tasks.crowd = this::crowd;
        connection.createChannel().exchangeDeclare(queue, "direct");
        connection.createChannel().queueBind(queue, queue, queue);
        var link = "{\"task\": \"f.follow\", \"args\": [\"linked\", \"xyz\"], \"kwargs\": {}, "
                + "\"options\": {\"exchange\": \"%s\", \"routing_key\": \"%s\"}}".formatted(queue, queue);
        var embed = "{\"callbacks\": [%s], \"errbacks\": null, \"chain\": null, \"chord\": null}".formatted(link);
        raw.send(queue, JSON, Map.of("task", "f.crowd", "id", "l"), "[[\"first\"], {}, %s]".formatted(embed));

        try (var _ = worker("JTASK_PREFETCH", "1", "JTASK_CONCURRENCY", "1")) {
            waitUntil(() -> tasks.runs("linked") == 1 && tasks.runs("filler") == MOST);
        }
        await().atMost(SOON).until(() -> left() == 0);
    }

    @Test
    void twoWorkersThatFillEachOthersQueuesGoOn() throws IOException {
        var other = queue + "-other";
        raw.declare(other, FULL);
        tasks.crowd = () -> {
            waitUntil(() -> tasks.runs("first") == 2);
            crowd(queue);
            crowd(other);
        };
        var alone = new String[] {"JTASK_PREFETCH", "1", "JTASK_CONCURRENCY", "1"};
        try (var client = TaskClient.builder(node.amqpUri()).queue(queue).connect();
                var _ = worker(alone);
                var _ = Workers.startAny(node, TaskClasses.of(tasks), other, alone)) {
            var there = client.send(around(queue, other));
            var back = client.send(around(other, queue));

            assertThat(there.get(LONGER_THAN_A_REST)).isEqualTo(8);
            assertThat(back.get(LONGER_THAN_A_REST)).isEqualTo(8);
            waitUntil(() -> tasks.runs("second") == 2);
        }
    }

    private static Chain<Integer> around(String from, String to) {
        return Chain.of(TaskRequest.of("f.crowd", "first").queue(from))
                .then(TaskRequest.of("f.follow", "second", "xyz").queue(to).returning(Integer.class));
    }

    @Test
    void aDrainGivesAllBackInTime() throws IOException {
        IntStream.range(0, 4).forEach(i -> send("f.wait", "waits"));
        long began;
        try (var _ = worker("JTASK_PREFETCH", "4", "JTASK_CONCURRENCY", "1", "JTASK_DRAIN_TIMEOUT", "0s")) {
            waitUntil(() -> tasks.runs("waits") == 1);
            await().atMost(SOON).until(() -> raw.messages(queue) == 0);
            crowd();
            began = System.nanoTime();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        await().atMost(SOON).until(() -> left() == MOST + 4);
    }

    @Test
    void deadLettersThatAreFullLetTheirQueueRestAndGoodTasksRun() throws IOException {
        raw.declare(queue + ".dead", Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
        raw.send(queue + ".dead", JSON, Map.of(), "{}");
        raw.send(queue, JSON, Map.of("task", "f.count", "id", "bad-1"), "no json");
        raw.send(queue, JSON, Map.of("task", "f.count", "id", "bad-2"), "no json");
        send("f.count", "good");

        try (var worker = worker("JTASK_PREFETCH", "2", "JTASK_CONCURRENCY", "1")) {
            await().atMost(SOON)
                    .until(() ->
                            Workers.get(worker.httpPort(), "/readyz").body().contains("dead letters"));
            waitUntil(() -> tasks.runs("good") == 1);

            assertThat(threeLetters()).containsExactly("{}", "no json", "no json");
        }
    }

    @Test
    void whatHasRunWaitsForRoomAmongFullDeadLettersAndDoesNotRunAgain() throws IOException {
        raw.declare(queue + ".dead", Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
        raw.send(queue + ".dead", JSON, Map.of(), "{}");
        send("f.reject", "late");
        send("f.reject.early", "early");
        try (var _ = worker("JTASK_PREFETCH", "1", "JTASK_CONCURRENCY", "1")) {
            waitUntil(() -> tasks.runs("late") == 2 && tasks.runs("early") == 1);
            // after its first rest a queue would run them again
            long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            for (int i = 1; System.nanoTime() - end < 0; i++) {
                int good = i;
                send("f.count", "good");
                waitUntil(() -> tasks.runs("good") == good);
            }
            assertThat(tasks.runs("late")).isEqualTo(2);

            assertThat(threeLetters()).anyMatch(body -> body.contains("late")).anyMatch(body -> body.contains("early"));
            await().atMost(SOON).until(() -> left() == 0);
        }
        assertThat(tasks.runs("late")).isEqualTo(2);
        assertThat(tasks.runs("early")).isEqualTo(1);
    }

    /// Publishes until the broker takes nothing more.
    private void crowd() {
        crowd(queue);
    }

    private void crowd(String full) {
        while (send(full, "f.count", "filler")) {}
    }

    private boolean send(String task, String name) {
        return send(queue, task, name);
    }

    private boolean send(String to, String task, String name) {
        try (var channel = connection.createChannel()) {
            channel.confirmSelect();
            var properties = new BasicProperties.Builder()
                    .contentType(JSON)
                    .deliveryMode(2)
                    .headers(Map.of("task", task, "id", name + "-" + System.nanoTime()))
                    .build();
            var body = "[[\"%s\"], {}, null]".formatted(name);
            channel.basicPublish("", to, properties, body.getBytes(StandardCharsets.UTF_8));
            return channel.waitForConfirms(SOON.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private WorkerProgram worker(String... variables) throws IOException {
        return Workers.startAny(node, TaskClasses.of(tasks), queue, variables);
    }

    /// Messages that nobody has.
    private long left() {
        return Math.max(0, node.view().messages(queue))
                + Math.max(0, node.view().messages(queue + ".suspects"));
    }

    private static void waitUntil(BooleanSupplier condition) {
        await().atMost(SOON).until(condition::getAsBoolean);
    }

    /// Takes one after the other from the full queue, so that there is room for the next.
    private List<String> threeLetters() throws IOException {
        var letters = new ArrayList<String>();
        var channel = connection.createChannel();
        await().atMost(LONGER_THAN_A_REST).until(() -> {
            var letter = channel.basicGet(queue + ".dead", true);
            if (letter != null) {
                letters.add(new String(letter.getBody(), StandardCharsets.UTF_8));
            }
            return letters.size() == 3;
        });
        return letters;
    }
}
