package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Chord;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.RedisNode;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Work flows that the Java client builds and a Java worker runs, with results in Redis.
@RabbitMqTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChordsFromJavaIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "java-chords";

    private RabbitMqNode node;
    private RedisNode redis;
    private WorkerProgram worker;
    private TaskClient client;

    @BeforeAll
    void start(RabbitMqNode broker) throws IOException {
        node = broker;
        redis = RedisNode.start();
        worker = Workers.start(node, new CanvasTasks(), QUEUE, "JTASK_RESULT_BACKEND", redis.uri());
        client = TaskClient.builder(node.amqpUri())
                .resultBackend(redis.uri())
                .queue(QUEUE)
                .connect();
    }

    @AfterAll
    void stop() {
        client.close();
        worker.close();
        redis.close();
    }

    @Test
    void collectsWhatTheGroupReturned() {
        var header = Group.of(IntStream.range(0, 100).mapToObj(i -> add(i, i)).toList());

        assertThat(client.send(new Chord<>(header, sum())).get(SOON)).isEqualTo(9900);
    }

    @Test
    void collectsWhatChainsReturned() {
        var header = Group.of(
                List.of(Chain.of(add(1, 1)).then(add(1)), Chain.of(add(2, 2)).then(add(2))));

        assertThat(client.send(new Chord<>(header, Chain.of(sum()).then(add(100))))
                        .get(SOON))
                .isEqualTo(109);
    }

    @Test
    void collectsAGroupInTheMiddleOfAChain() {
        var flow = Chain.of(add(1, 1)).then(Group.of(add(10), add(20))).then(sum());

        assertThat(client.send(flow).get(SOON)).isEqualTo(34);
    }

    @Test
    void tellsThatAPartHasFailed() {
        var header =
                Group.of(List.of(add(1, 1), TaskRequest.of("t.fail", "boom").returning(Integer.class)));

        assertThatThrownBy(() -> client.send(new Chord<>(header, sum())).get(SOON))
                .hasMessageContaining("ChordError")
                .hasMessageContaining("boom");
    }

    @Test
    void collectsWhatAnotherChordReturned() {
        var inner = new Chord<>(Group.of(add(1, 1), add(2, 2)), sum());
        var header = Group.of(List.of(inner, Chain.of(add(50, 0)).then(add(50))));

        assertThat(client.send(new Chord<>(header, sum())).get(SOON)).isEqualTo(106);
    }

    @Test
    void collectsAGroupAtTheEndOfAChainAsAListOfItsOwn() {
        var header = Group.of(List.of(
                Chain.of(add(1, 1)).then(Group.of(add(10), add(20))),
                Chain.of(add(2, 2)).then(Group.of(add(10), add(20)))));
        var log = TaskRequest.of("t.log");

        assertThat(client.send(new Chord<>(header, log)).get(SOON)).hasToString("[[12,22],[14,24]]");
    }

    @Test
    void runsTheBodyOfAnEmptyHeader() {
        var nothing = Group.of(List.<TaskRequest<Integer>>of());

        assertThat(client.send(new Chord<>(nothing, sum())).get(SOON)).isZero();
        assertThat(client.send(Chain.of(add(1, 1))
                                .then(new Chord<>(nothing, sum()))
                                .then(add(5)))
                        .get(SOON))
                .isEqualTo(5);
    }

    @Test
    void tellsTheRestOfAChainThatAChordInItHasFailed() {
        var header = Group.of(List.of(add(1), TaskRequest.of("t.fail").returning(Integer.class)));
        var flow = Chain.of(add(1, 1)).then(new Chord<>(header, sum())).then(add(5));

        assertThatThrownBy(() -> client.send(flow).get(SOON)).hasMessageContaining("ChordError");
    }

    @Test
    void tellsAChordThatAnotherInItHasFailed() {
        var inner = new Chord<>(Group.of(add(1, 1), fail()), sum());

        assertThatThrownBy(() -> client.send(new Chord<>(Group.of(List.of(inner, inner)), sum()))
                        .get(SOON))
                .hasMessageContaining("ChordError")
                .hasMessageContaining("boom");
    }

    @Test
    void tellsAChordAfterAFailedStep() {
        var flow = Chain.of(fail()).then(new Chord<>(Group.of(add(1), add(2)), sum()));

        assertThatThrownBy(() -> client.send(flow).get(SOON)).hasMessageContaining("boom");
    }

    @Test
    void tellsThatAPartIsUnknown() {
        var header = Group.of(add(1, 1), TaskRequest.of("t.nobody").returning(Integer.class));

        assertThatThrownBy(() -> client.send(new Chord<>(header, sum())).get(SOON))
                .hasMessageContaining("ChordError")
                .hasMessageContaining("t.nobody");
    }

    @Test
    void aRevokedStepEndsTheRestOfItsChain() {
        var expired = add(1, 1).expires(Instant.now().minusSeconds(60));

        assertThatThrownBy(() ->
                        client.send(Chain.of(expired).then(add(1)).then(add(2))).get(SOON))
                .isInstanceOfSatisfying(
                        TaskFailedException.class,
                        failure -> assertThat(failure.status()).isEqualTo("REVOKED"));
        assertThatThrownBy(() -> client.send(new Chord<>(Group.of(expired, add(1, 1)), sum()))
                        .get(SOON))
                .hasMessageContaining("ChordError");
    }

    @ParameterizedTest
    @CsvSource({"j, x", "s, abc"})
    void tellsThatAChordCannotBeCountedWhoseKeysHoldSomethingElse(String key, String value) throws IOException {
        var group = UUID.randomUUID().toString();
        redis.ask("SET", "celery-taskset-meta-%s.s".formatted(group), "1");
        redis.ask("SET", "celery-taskset-meta-%s.%s".formatted(group, key), value);
        var chord = "{\"task\": \"t.sum\", \"options\": {\"task_id\": \"body-%s\"}}".formatted(group);
        try (var raw = new RawMessages(node)) {
            raw.send(
                    QUEUE,
                    "application/json",
                    Map.of("task", "t.add", "id", "part-" + group, "group", group, "group_index", 0),
                    "[[1, 2], {}, {\"chord\": %s}]".formatted(chord));
        }

        assertThatThrownBy(() -> client.handle("body-" + group, Integer.class).get(SOON))
                .hasMessageContaining("ChordError");
        assertThat(client.handle("part-" + group, Integer.class).get(SOON)).isEqualTo(3);
        assertThat(worker.isReady()).isTrue();
    }

    @Test
    void tellsThatAPartIsNoTask() throws IOException {
        var group = UUID.randomUUID().toString();
        var chord = "{\"task\": \"t.sum\", \"options\": {\"task_id\": \"body-%s\"}}".formatted(group);
        redis.ask("SET", "celery-taskset-meta-%s.s".formatted(group), "2");
        try (var raw = new RawMessages(node)) {
            for (int i = 0; i < 2; i++) {
                Map<String, Object> headers = new HashMap<>(
                        Map.of("task", "t.add", "id", "part-" + i + group, "group", group, "group_index", i));
                if (i == 0) {
                    headers.put("timelimit", Arrays.asList(-1, null));
                }
                raw.send(QUEUE, "application/json", headers, "[[1, 2], {}, {\"chord\": %s}]".formatted(chord));
            }
        }

        assertThatThrownBy(() -> client.handle("part-0" + group, Integer.class).get(SOON))
                .hasMessageContaining("timelimit");
        assertThatThrownBy(() -> client.handle("body-" + group, Integer.class).get(SOON))
                .hasMessageContaining("ChordError");
    }

    private static TaskRequest<Integer> fail() {
        return TaskRequest.of("t.fail", "boom").returning(Integer.class);
    }

    private static TaskRequest<Integer> add(Object... values) {
        return TaskRequest.of("t.add", values).returning(Integer.class);
    }

    private static TaskRequest<Integer> sum() {
        return TaskRequest.of("t.sum").returning(Integer.class);
    }
}
