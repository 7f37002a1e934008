package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.jtask.client.TaskClient;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every message here stops a Python worker, or is dropped by it without a word.
@RabbitMqTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "bad-input";
    private static final String LETTERLESS = "bad-input-letterless";
    private static final String JSON = "application/json";

    private RawMessages raw;
    private TaskClient client;
    private WorkerProgram worker;
    private RabbitMqNode node;

    @BeforeAll
    void start(RabbitMqNode broker) throws IOException {
        node = broker;
        raw = new RawMessages(broker);
        raw.declare(QUEUE, Map.of());
        raw.declare(QUEUE + ".dead", Map.of());
        client = TaskClient.builder(broker.amqpUri()).queue(QUEUE).connect();
        worker = Workers.start(broker, new TestTasks(), QUEUE + "," + LETTERLESS);
    }

    @AfterAll
    void stop() {
        worker.close();
        client.close();
        raw.close();
    }

    @AfterEach
    void theLoopGoesOn() {
        assertThat(client.send("t.add", 4, 6).get(SOON).intValue()).isEqualTo(10);
    }

    static Stream<Arguments> badMessages() {
        var add = Map.of("task", (Object) "t.add", "id", "bad-1");
        return Stream.of(
                bad("broken JSON", JSON, add, "[[1, 2], {}", "the body is not JSON"),
                bad("two elements", JSON, add, "[[1, 2], {}]", "[args, kwargs, embed]"),
                bad("an object for a body", JSON, add, "{}", "[args, kwargs, embed]"),
                bad("an empty body", JSON, add, "", "the body is empty"),
                bad("no content type", null, add, "[[1], {}, {}]", "no content_type"),
                bad("unknown content type", "application/x-yaml", add, "[[1], {}, {}]", "application/x-yaml"),
                bad("too deep", JSON, add, "[" + "[".repeat(5_000) + "]".repeat(5_000) + ", {}, {}]", "beyond a limit"),
                bad("args of the wrong type", JSON, add, "[7, {}, {}]", "args must be an array"),
                bad("kwargs of the wrong type", JSON, add, "[[], 7, {}]", "kwargs must be an object"),
                bad("an unknown task", JSON, Map.of("task", "t.none", "id", "bad-1"), "[[], {}, {}]", "not registered"),
                bad("a name with a line break", JSON, with(add, "task", "a\nb"), "[[], {}, {}]", "not registered"),
                bad("a blank name", JSON, with(add, "task", " "), "[[], {}, {}]", "not registered"),
                bad("a missing argument", JSON, add, "[[], {}, {}]", "missing argument 'x'"),
                bad("an argument of the wrong type", JSON, add, "[[\"x\"], {}, {}]", "argument 'x' is no int"),
                bad("a bad eta", JSON, with(add, "eta", "tomorrow"), "[[1], {}, {}]", "tomorrow"),
                bad("retries as text", JSON, with(add, "retries", "two"), "[[1], {}, {}]", "header retries"),
                bad("a time limit of one", JSON, with(add, "timelimit", List.of(1)), "[[1], {}, {}]", "timelimit"),
                bad("a table for a task", JSON, with(add, "task", Map.of("a", 1)), "[[1], {}, {}]", "header task"),
                bad(
                        "huge group index",
                        JSON,
                        with(add, "group_index", 1L << 40),
                        "[[1], {}, {}]",
                        "from 0 to 2147483647"));
    }

    @ParameterizedTest
    @MethodSource("badMessages")
    void tellsTheSenderAndKeepsTheMessageWithTheReason(
            @Nullable String contentType, Map<String, Object> headers, String body, String reason) throws IOException {
        raw.send(QUEUE, contentType, headers, body);

        var told = raw.takeResult();
        assertThat(told.taskId()).isEqualTo("bad-1");
        assertThat(told.status()).isEqualTo("FAILURE");
        var letter = raw.take(QUEUE + ".dead");
        assertThat(new String(letter.body(), StandardCharsets.UTF_8)).isEqualTo(body);
        assertThat(letter.properties().headers())
                .containsAllEntriesOf(headers)
                .containsEntry("x-jtask-queue", QUEUE)
                .containsEntry("x-jtask-attempt", 1)
                .hasEntrySatisfying(
                        "x-jtask-reason",
                        text -> assertThat(String.valueOf(text)).contains(reason));
    }

    @ParameterizedTest
    @MethodSource("badMessages")
    void keepsTheMessageOfAQueueWithoutDeadLettersInOneThatIsMadeForIt(
            @Nullable String contentType, Map<String, Object> headers, String body, String reason) throws IOException {
        raw.send(LETTERLESS, contentType, headers, body);

        assertThat(raw.takeResult().status()).isEqualTo("FAILURE");
        var letter = raw.take(LETTERLESS + ".dead");
        assertThat(new String(letter.body(), StandardCharsets.UTF_8)).isEqualTo(body);
        assertThat(String.valueOf(letter.properties().headers().get("x-jtask-reason")))
                .contains(reason);
        Awaitility.await(reason)
                .atMost(SOON)
                .until(() -> node.view().queue(LETTERLESS).path("messages").asLong(-1) == 0);
    }

    @Test
    void keepsAMessageWithoutAnIdThoughNobodyCanBeTold() throws IOException {
        raw.send(QUEUE, JSON, Map.of("task", "t.add"), "[[1], {}, {}]");
        assertThat(raw.take(QUEUE + ".dead").properties().headers())
                .containsEntry("x-jtask-reason", "the message has no id header");
        raw.send(QUEUE, null, Map.of(), "hello");
        assertThat(raw.take(QUEUE + ".dead").body()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> badSteps() {
        var add = Map.of("task", (Object) "t.add", "id", "bad-1");
        var next = "{\"chain\": [{\"task\": \"t.add\", \"args\": [1], \"options\": {\"task_id\": \"next-1\"}}]}";
        return Stream.of(
                Arguments.of(with(add, "timelimit", Arrays.asList(-1, null)), "[[1, 2], {}, %s]".formatted(next)),
                Arguments.of(with(add, "retries", -1), "[[1, 2], {}, %s]".formatted(next)),
                Arguments.of(with(add, "eta", "tomorrow"), "[[1, 2], {}, %s]".formatted(next)),
                Arguments.of(add, "[7, {}, %s]".formatted(next)),
                Arguments.of(add, "[[%s], {}, %s]".formatted("7".repeat(20_000), next)));
    }

    @ParameterizedTest
    @MethodSource("badSteps")
    void tellsThoseWhoWaitForTheRestOfTheChain(Map<String, Object> headers, String body) throws IOException {
        raw.send(QUEUE, JSON, headers, body);

        assertThat(List.of(raw.takeResult(), raw.takeResult()))
                .allSatisfy(told -> assertThat(told.status()).isEqualTo("FAILURE"))
                .extracting(ResultMessage::taskId)
                .containsExactlyInAnyOrder("bad-1", "next-1");
        assertThat(raw.take(QUEUE + ".dead").body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRefusedMessageWithCopiesIsRefusedOnce() throws IOException {
        var audit = QUEUE + "-audit";
        raw.declare(audit, Map.of());
        raw.send(
                QUEUE,
                JSON,
                Map.of("task", "t.none", "id", "bad-1", "CC", List.of(QUEUE, audit), "BCC", List.of(audit)),
                "[[], {}, {}]");

        assertThat(raw.takeResult().status()).isEqualTo("FAILURE");
        raw.take(QUEUE + ".dead");
        theLoopGoesOn();
        assertThat(raw.messages(audit)).as("the broker's own copy").isEqualTo(1);
        assertThat(raw.messages(QUEUE + ".dead")).isZero();
        assertThat(raw.messages(raw.replyQueue())).as("answers").isZero();
    }

    @Test
    void failsATaskWhoseResultIsNestedTooDeeply() throws IOException {
        var deep = "[[" + "[".repeat(485) + "]".repeat(485) + "], {}, {}]";
        raw.send(QUEUE, JSON, Map.of("task", "t.deeper", "id", "bad-1"), deep);
        assertThat(raw.takeResult().error().message()).contains("more than 490 arrays and objects within each other");
    }

    @Test
    void countsRejectionsWithoutATimeSeriesForEachUnknownName() throws IOException {
        raw.send(QUEUE, JSON, Map.of("task", "t.invented", "id", "bad-2"), "[[], {}, {}]");
        raw.take(QUEUE + ".dead");
        raw.takeResult();
        var counted =
                Pattern.compile("jtask_worker_tasks_seconds_count\\{outcome=\"rejected\",task=\"unknown\"} [1-9]");
        var metrics = Awaitility.await("it is counted")
                .atMost(SOON)
                .until(
                        () -> Workers.metrics(worker),
                        text -> counted.matcher(text).find());
        assertThat(metrics).doesNotContain("t.invented");
    }

    private static Arguments bad(
            String name, @Nullable String contentType, Map<String, Object> headers, String body, String reason) {
        return argumentSet(name, contentType, headers, body, reason);
    }

    private static Map<String, Object> with(Map<String, Object> headers, String name, Object value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return more;
    }
}
