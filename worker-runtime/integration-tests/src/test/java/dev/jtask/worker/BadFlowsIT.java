package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.RedisNode;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is to follow a task cannot be read, or the task throws what is no exception: it is told once, and nothing comes
/// again, whoever keeps the results.
@RabbitMqTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadFlowsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "bad-flows";
    private static final String KEPT = "bad-flows-kept";
    private static final String JSON = "application/json";

    private final TestTasks tasks = new TestTasks();
    private RawMessages raw;
    private RedisNode redis;
    private TaskClient client;
    private WorkerProgram worker;
    private WorkerProgram keeping;

    @BeforeAll
    void start(RabbitMqNode node) throws IOException {
        raw = new RawMessages(node);
        redis = RedisNode.start();
        client = TaskClient.connect(node.amqpUri());
        worker = Workers.start(node, tasks, QUEUE);
        keeping = Workers.start(node, tasks, KEPT, "JTASK_RESULT_BACKEND", redis.uri());
    }

    @AfterAll
    void stop() {
        worker.close();
        keeping.close();
        client.close();
        redis.close();
        raw.close();
    }

    @AfterEach
    void nothingComesAgain() throws IOException {
        for (var each : List.of(worker, keeping)) {
            assertThat(Workers.sum(each, "jtask_worker_redeliveries_total")).isZero();
        }
        assertThat(raw.messages(raw.replyQueue())).as("further answers").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"chain\": [5]", "\"callbacks\": [{}]", "\"errbacks\": [1]", "\"chord\": []"})
    void whatCannotFollowIsRefusedBeforeItsTaskRuns(String embed) throws IOException {
        var body = "[[\"io\"], {}, {%s}]".formatted(embed);
        int before = tasks.threw.get();
        for (var queue : List.of(QUEUE, KEPT)) {
            raw.send(queue, JSON, Map.of("task", "t.throw", "id", "bad-" + queue), body);

            var letter = raw.take(queue + ".dead");
            assertThat(letter.body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
            assertThat(String.valueOf(letter.properties().headers().get("x-jtask-reason")))
                    .containsPattern("^(chain|callbacks|errbacks|chord)");
        }
        assertThat(raw.takeResult().status()).isEqualTo("FAILURE");
        assertThat(kept("bad-" + KEPT)).contains("FAILURE");
        assertThat(tasks.threw).hasValue(before);
        redis.ask("DEL", "celery-task-meta-bad-" + KEPT);
    }

    @Test
    void aTimeWithoutAZoneIsUtcsWhereItFollows() throws IOException {
        var next = "{\"task\": \"t.add\", \"args\": [3], \"options\": {\"task_id\": \"next-1\", "
                + "\"eta\": \"2020-01-01T00:00:00\", \"reply_to\": \"%s\"}}".formatted(raw.replyQueue());
        raw.send(
                QUEUE,
                JSON,
                Map.of("task", "t.add", "id", "first-1"),
                "[[1, 2], {}, {\"chain\": [%s]}]".formatted(next));

        assertThat(List.of(raw.takeResult(), raw.takeResult()))
                .allSatisfy(told -> assertThat(told.status()).isEqualTo("SUCCESS"))
                .extracting(ResultMessage::taskId)
                .containsExactlyInAnyOrder("first-1", "next-1");
    }

    @ParameterizedTest
    @CsvSource({
        "service, ServiceConfigurationError, no provider",
        "io, IOError, no disk",
        "linkage, NoSuchMethodError, gone()",
        "mute, Mute, ''"
    })
    void whateverATaskThrowsIsItsFailure(String kind, String type, String text) throws IOException {
        int before = tasks.threw.get();
        for (var queue : List.of(QUEUE, KEPT)) {
            raw.send(
                    queue,
                    JSON,
                    Map.of("task", "t.throw", "id", kind + "-" + queue),
                    "[[\"%s\"], {}, {}]".formatted(kind));
        }

        var told = raw.takeResult();
        assertThat(told.status()).isEqualTo("FAILURE");
        assertThat(told.error().type()).isEqualTo(type);
        assertThat(told.error().message()).contains(text);
        assertThat(kept(kind + "-" + KEPT)).contains("FAILURE", type, text);
        assertThat(client.send(TaskRequest.of("t.add", 4, 6).queue(QUEUE))
                        .get(SOON)
                        .intValue())
                .isEqualTo(10);
        assertThat(tasks.threw).hasValue(before + 2);
    }

    /// What Redis has of a task, once it is there.
    private String kept(String id) {
        return await(id)
                .atMost(SOON)
                .until(() -> redis.ask("GET", "celery-task-meta-" + id), text -> text.contains("FAILURE"));
    }
}
