package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.jtask.client.TaskClient;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Messages whose heads leave no room in a frame for what a dead letter adds, or that say more than anybody reads: each
/// is answered once and kept once, and its connection lives.
@RabbitMqTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeHeadsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "large-heads";
    private static final String JSON = "application/json";

    private RawMessages raw;
    private TaskClient client;
    private WorkerProgram worker;

    @BeforeAll
    void start(RabbitMqNode node) throws IOException {
        raw = new RawMessages(node);
        raw.declare(QUEUE, Map.of());
        raw.declare(QUEUE + ".dead", Map.of());
        client = TaskClient.builder(node.amqpUri()).queue(QUEUE).connect();
        worker = Workers.start(node, new TestTasks(), QUEUE);
    }

    @AfterAll
    void stop() {
        worker.close();
        client.close();
        raw.close();
    }

    static Stream<Arguments> largeHeads() {
        return Stream.of(
                argumentSet("the name of the task", Map.of("task", "x".repeat(70_000)), ""),
                argumentSet("a header of Celery's", Map.of("task", "t.add", "timelimit", "x".repeat(70_000)), ""),
                argumentSet("one that fills the frame", Map.of("task", "t.none", "mine", "x".repeat(130_800)), ""),
                argumentSet("the reason", Map.of("task", "t.reject"), "r".repeat(140_000)));
    }

    @ParameterizedTest
    @MethodSource("largeHeads")
    void isAnsweredOnceAndKeptOnce(Map<String, Object> heads, String argument) throws IOException {
        var headers = new HashMap<>(heads);
        headers.put("id", "large-1");
        var body = "[[\"%s\"], {}, {}]".formatted(argument);
        try (var log = new LogLines()) {
            raw.send(QUEUE, JSON, headers, body);

            var told = raw.takeResult();
            assertThat(told.taskId()).isEqualTo("large-1");
            assertThat(told.status()).isEqualTo("FAILURE");
            var letter = raw.take(QUEUE + ".dead");
            assertThat(new String(letter.body(), StandardCharsets.UTF_8)).isEqualTo(body);
            assertThat(letter.properties().headers()).containsEntry("id", "large-1");
            assertThat(String.valueOf(letter.properties().headers().get("x-jtask-reason")))
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(1_001);
            assertThat(client.send("t.add", 4, 6).get(SOON).intValue()).isEqualTo(10);
            assertThat(log.lines())
                    .hasSizeLessThan(20)
                    .allSatisfy(line -> assertThat(line).hasSizeLessThan(5_000));
        }
        assertThat(raw.messages(raw.replyQueue())).as("further answers").isZero();
        assertThat(raw.messages(QUEUE + ".dead")).as("further letters").isZero();
        assertThat(Workers.sum(worker, "jtask_worker_redeliveries_total")).isZero();
        assertThat(Workers.sum(worker, "jtask_worker_reconnects_total")).isZero();
    }
}
