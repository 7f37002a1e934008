package dev.jtask.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Queues;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Chord;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.PythonWorker;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.RedisNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Results that a real Python worker leaves in Redis, and chords that need them.
@RabbitMqTest
@SuppressWarnings("NullAway.Init")
class RedisResultsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "redis-results";

    @TempDir
    static Path folder;

    private static RabbitMqNode node;
    private static RedisNode redis;
    private static PythonWorker worker;
    private static TaskClient client;

    @BeforeAll
    static void start(RabbitMqNode broker) throws IOException {
        node = broker;
        redis = RedisNode.start();
        worker = PythonWorker.start(broker, redis.uri(), QUEUE, folder.resolve("celery.log"));
        client = client(QUEUE);
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
        if (worker != null) {
            worker.close();
        }
        redis.close();
    }

    @Test
    void anotherClientFindsATaskByItsId() {
        var sent = client.send(add(4, 6));
        try (var other = client("elsewhere")) {
            assertThat(other.handle(sent.id(), Integer.class).get(SOON)).isEqualTo(10);
        }
        assertThat(client.handle(sent.id(), Integer.class).status()).isEqualTo("SUCCESS");
        assertThat(client.handle("nobody-knows-it", Integer.class).status()).isEqualTo("PENDING");
    }

    @Test
    void aResultComesBack() {
        assertThat(client.send(add(4, 6)).get(SOON)).isEqualTo(10);
    }

    @Test
    void aFailureKeepsItsException() {
        assertThatThrownBy(() -> client.send("p.fail", "boom").get(SOON))
                .asInstanceOf(type(TaskFailedException.class))
                .satisfies(failure -> assertThat(failure.error().type()).isEqualTo("ValueError"));
    }

    @Test
    void manyResultsComeBack() {
        var requests = IntStream.range(0, 200).mapToObj(i -> add(i, i)).toList();

        var sum = client.sendAll(requests).stream()
                .mapToInt(handle -> handle.get(SOON))
                .sum();

        assertThat(sum).isEqualTo(199 * 200);
    }

    @Test
    void aChordCollectsWhatItsGroupReturned() {
        var header = Group.of(IntStream.range(0, 10).mapToObj(i -> add(i, i)).toList());

        assertThat(client.send(new Chord<>(header, sum())).get(SOON)).isEqualTo(90);
    }

    @Test
    void aGroupInTheMiddleOfAChainIsCollected() {
        var flow =
                Chain.of(add(1, 1)).then(Group.of(add(10), add(20))).then(sum()).then(add(100));

        assertThat(client.send(flow).get(SOON)).isEqualTo(134);
    }

    @Test
    void chordsWithFlowsInTheirHeadersAreCollected() {
        var inner = new Chord<>(Group.of(add(1, 1), add(2, 2)), sum());
        var header = Group.of(List.of(inner, Chain.of(add(50, 0)).then(add(50))));
        assertThat(client.send(new Chord<>(header, sum())).get(SOON)).isEqualTo(106);

        var groups = Group.of(List.of(
                Chain.of(add(1, 1)).then(Group.of(add(10), add(20))),
                Chain.of(add(2, 2)).then(Group.of(add(10), add(20)))));
        assertThat(client.send(new Chord<>(groups, TaskRequest.of("p.echo"))).get(SOON))
                .hasToString("[[12,22],[14,24]]");
    }

    @Test
    void aChordWithAFailedPartFails() {
        var header =
                Group.of(List.of(add(1, 1), TaskRequest.of("p.fail", "boom").returning(Integer.class)));

        assertThatThrownBy(() -> client.send(new Chord<>(header, sum())).get(SOON))
                .asInstanceOf(type(TaskFailedException.class))
                .satisfies(failure -> assertThat(failure.error().type()).isEqualTo("ChordError"));
    }

    @Test
    void aHandleLivesThroughAnOutageOfRedis() throws IOException {
        try (var own = RedisNode.start();
                var sender = TaskClient.builder(node.amqpUri())
                        .resultBackend(own.uri())
                        .queue("redis-outage")
                        .connect()) {
            var handle = sender.send(add(1, 2));
            own.stop();
            var second = sender.send(add(3, 4));
            own.startAgain();
            var worker = PythonWorker.start(node, own.uri(), "redis-outage", folder.resolve("outage.log"));
            try (worker) {
                assertThat(handle.get(SOON)).isEqualTo(3);
                assertThat(second.get(SOON)).isEqualTo(7);
            }
        }
    }

    @Test
    void aChordIsAnErrorWhileRedisIsDownAndNothingIsSent() throws IOException {
        try (var own = RedisNode.start();
                var sender = TaskClient.builder(node.amqpUri())
                        .resultBackend(own.uri())
                        .queue("redis-down")
                        .publishTimeout(Duration.ofSeconds(1))
                        .connect();
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            own.stop();

            assertThatThrownBy(() -> sender.send(new Chord<>(Group.of(add(1, 1), add(2, 2)), sum())))
                    .hasMessageContaining("nothing was sent")
                    .hasMessageContaining("is it up?");
            assertThat(Queues.exists(connection, "redis-down")).isFalse();
        }
    }

    @Test
    void subscriptionsEndWithTheirTasks() {
        try (var sender = client(QUEUE)) {
            sender.send(add(1, 1)).get(SOON);
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(redis.ask("PUBSUB", "CHANNELS", "celery-task-meta-*"))
                        .isEmpty());
    }

    @Test
    void aServerThatIsNotThereIsNamedWithoutItsPassword() {
        assertThatThrownBy(() -> TaskClient.builder(node.amqpUri())
                        .resultBackend("redis://:hunter2@127.0.0.1:1/0")
                        .connect())
                .hasMessageContaining("127.0.0.1")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> TaskClient.builder(node.amqpUri()).resultBackend("db+sqlite://x:hunter2@y"))
                .hasMessageContaining("redis://")
                .hasMessageNotContaining("hunter2");
    }

    private static TaskClient client(String queue) {
        return TaskClient.builder(node.amqpUri())
                .resultBackend(redis.uri())
                .queue(queue)
                .connect();
    }

    private static TaskRequest<Integer> add(Object... values) {
        return TaskRequest.of("p.add", values).returning(Integer.class);
    }

    private static TaskRequest<Integer> sum() {
        return TaskRequest.of("p.sum").returning(Integer.class);
    }
}
