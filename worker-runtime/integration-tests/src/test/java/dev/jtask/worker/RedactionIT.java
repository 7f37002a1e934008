package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.Calls;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What a worker tells of tasks with a password among their arguments.
@RabbitMqTest
class RedactionIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SECRET = "h4nter2";
    private static final Pattern ENDED = Pattern.compile("task-(failed|rejected)");
    private static final Pattern LONG_WORD = Pattern.compile("[A-Z]{24}");

    private final String queue = "redacted-" + UUID.randomUUID();
    private final RabbitMqNode node;

    RedactionIT(RabbitMqNode node) {
        this.node = node;
    }

    @Test
    void neitherLogNorEventsNorDeadLettersShowThePassword() throws Exception {
        try (var log = new LogLines();
                var tap = new Tap(node);
                var _ = Workers.start(node, new Tasks(), queue, "JTASK_EVENTS", "true");
                var client = TaskClient.builder(node.amqpUri()).queue(queue).connect()) {
            assertThatThrownBy(() -> client.send("r.login", "bob", SECRET).get(SOON))
                    .as("its sender knows it anyhow")
                    .hasMessageContaining(SECRET);
            assertThatThrownBy(
                            () -> client.send("r.all", "bob", "other", SECRET).get(SOON))
                    .hasMessageContaining(SECRET);
            assertThatThrownBy(() -> client.send(TaskRequest.of("r.reject").kwarg("password", SECRET))
                            .get(SOON))
                    .hasMessageContaining("not wanted");

            await().atMost(SOON).until(() -> tap.seen().stream().anyMatch(line -> line.contains("task-rejected")));
            assertThat(tap.seen().stream().filter(line -> line.startsWith("publish.celeryev")))
                    .anyMatch(line -> line.contains("task-received") && line.contains("('bob', '<redacted>')"))
                    .anyMatch(line -> line.contains("task-received") && line.contains("{'password': '<redacted>'}"))
                    .anyMatch(line ->
                            line.contains("task-received") && line.contains("('bob', '<redacted>', '<redacted>')"))
                    .anyMatch(line -> line.contains("task-failed") && line.contains("wrong: <redacted>"))
                    .noneMatch(line -> line.contains(SECRET));
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("wrong: <redacted>"))
                    .noneMatch(line -> line.contains(SECRET));
            // by position, so that its sender does not know that it is one
            assertThatThrownBy(() -> client.send("r.reject", SECRET).get(SOON)).hasMessageContaining("not wanted");
            var letters = await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> client.deadLetters(queue).list(), found -> found.size() == 2);
            assertThat(letters.getFirst().message().properties().headers())
                    .containsEntry("x-jtask-reason", "not wanted: <redacted>");
            assertThat(letters)
                    .allSatisfy(letter -> assertThat(
                                    letter.message().properties().headers().toString())
                            .doesNotContain(SECRET))
                    .anySatisfy(
                            letter -> assertThat(letter.message().properties().headers())
                                    .containsEntry("argsrepr", "('<redacted>',)"))
                    .as("what can be sent back")
                    .allSatisfy(letter -> assertThat(new String(letter.message().body(), StandardCharsets.UTF_8))
                            .contains(SECRET));
        } finally {
            try (var raw = new RawMessages(node)) {
                raw.delete(queue);
                raw.delete(queue + ".dead");
            }
        }
    }

    @Test
    void neitherDoValuesOfOtherTypesNorMessagesThatNobodyCanRead() throws Exception {
        var token = UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
        try (var log = new LogLines();
                var tap = new Tap(node);
                var _ = Workers.start(node, new Tasks(), queue, "JTASK_EVENTS", "true");
                var raw = new RawMessages(node);
                var client = TaskClient.builder(node.amqpUri()).queue(queue).connect()) {
            assertThatThrownBy(() -> client.send("r.reset", token).get(SOON)).hasMessageContaining(token.toString());
            assertThatThrownBy(() -> client.send("r.bytes", (Object) SECRET.getBytes(StandardCharsets.UTF_8))
                            .get(SOON))
                    .hasMessageContaining(SECRET);
            raw.send(
                    queue,
                    "application/json",
                    Map.of(
                            "id",
                            "unread",
                            "task",
                            "r.login",
                            "kwargsrepr",
                            "{'password': '%s'}".formatted(SECRET),
                            "timelimit",
                            "x"),
                    "[[], {\"password\": \"%s\"}, {}]".formatted(SECRET));

            await().atMost(SOON).until(() -> tap.seen().stream().anyMatch(line -> line.contains("wrong bytes")));
            assertThat(told(log, tap, client))
                    .anyMatch(line -> line.contains("no session for <redacted>"))
                    .anyMatch(line -> line.contains("wrong bytes: <redacted>"))
                    .anyMatch(line -> line.contains("kwargsrepr=<not read>"))
                    .noneMatch(line -> line.contains(token.toString()))
                    .noneMatch(line -> line.contains(SECRET));
        } finally {
            try (var raw = new RawMessages(node)) {
                raw.delete(queue);
                raw.delete(queue + ".dead");
            }
        }
    }

    @Test
    void neitherDoCallsOfManyWithinOneMessage() throws Exception {
        var map = Calls.map(TaskRequest.of("r.open"), List.of("C4nary1", "C4nary2"));
        var starmap = Calls.starmap(TaskRequest.of("r.login"), List.of(List.of("bob", "C4nary3")));
        var unread = TaskRequest.of("celery.chunks")
                .kwarg("task", Map.of("task", "r.login"))
                .kwarg("it", List.of(List.of("bob", "C4nary4")))
                .kwarg("n", 1);
        try (var log = new LogLines();
                var tap = new Tap(node);
                var _ = Workers.start(node, new Tasks(), queue, "JTASK_EVENTS", "true");
                var client = TaskClient.builder(node.amqpUri()).queue(queue).connect()) {
            for (var request : List.of(map, starmap, unread)) {
                assertThatThrownBy(() -> client.send(request).get(SOON)).isInstanceOf(TaskFailedException.class);
            }
            assertThatThrownBy(() -> client.send(
                                    Calls.chunks(TaskRequest.of("r.login"), List.of(List.of("bob", "C4nary5")), 1))
                            .get(SOON))
                    .isInstanceOf(TaskFailedException.class);

            // one message holds the events of a moment
            await().atMost(SOON)
                    .until(() -> tap.seen().stream()
                                    .flatMap(line -> ENDED.matcher(line).results())
                                    .count()
                            >= 4);
            assertThat(told(log, tap, client))
                    .anyMatch(line -> line.contains("no door for <redacted>"))
                    .anyMatch(
                            line -> line.contains("celery.map") && line.contains("'it': ['<redacted>', '<redacted>']"))
                    .anyMatch(line -> line.contains("celery.starmap") && line.contains("[['bob', '<redacted>']]"))
                    .anyMatch(line -> line.contains("kwargsrepr") && line.contains("celery.chunks"))
                    .noneMatch(line -> line.contains("C4nary"));
        } finally {
            try (var raw = new RawMessages(node)) {
                raw.delete(queue);
                raw.delete(queue + ".dead");
            }
        }
    }

    @Test
    void aLongSecretIsNotShownWhereItWasCut() throws Exception {
        var key = new Random(1)
                .ints(2_000, 'A', 'Z')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        try (var log = new LogLines();
                var tap = new Tap(node);
                var _ = Workers.start(node, new Tasks(), queue, "JTASK_EVENTS", "true");
                var client = TaskClient.builder(node.amqpUri()).queue(queue).connect()) {
            assertThatThrownBy(() -> client.send("r.token", key).get(SOON))
                    .as("its sender knows it anyhow")
                    .hasMessageContaining(key.substring(0, 400));
            assertThatThrownBy(() -> client.send("r.again", key).get(SOON)).hasMessageContaining("Can't retry r.again");

            await().atMost(SOON).until(() -> tap.seen().stream().anyMatch(line -> line.contains("Can't retry")));
            assertThat(told(log, tap, client))
                    .anyMatch(line -> line.contains("is no UUID") && line.contains("<redacted>"))
                    .noneMatch(line -> LONG_WORD.matcher(line).find());
        } finally {
            try (var raw = new RawMessages(node)) {
                raw.delete(queue);
                raw.delete(queue + ".dead");
            }
        }
    }

    /// What logs, events and the one dead letter say.
    private List<String> told(LogLines log, Tap tap, TaskClient client) {
        var letters = await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> client.deadLetters(queue).list(), found -> found.size() == 1);
        var told = new ArrayList<>(log.lines());
        tap.seen().stream().filter(line -> line.startsWith("publish.celeryev")).forEach(told::add);
        told.add(letters.getFirst().message().properties().headers().toString());
        return told;
    }

    /// Tasks that say what they were told.
    public static final class Tasks {

        @Task("r.login")
        @SuppressWarnings("DoNotCallSuggester") // that is its task
        public void login(String user, String password) {
            throw new IllegalStateException(user + " is wrong: " + password);
        }

        @Task("r.reset")
        @SuppressWarnings("DoNotCallSuggester") // that is its task
        public void reset(UUID token) {
            throw new IllegalStateException("no session for " + token);
        }

        @Task("r.bytes")
        @SuppressWarnings("DoNotCallSuggester") // that is its task
        public void bytes(byte[] password) {
            throw new IllegalStateException("wrong bytes: " + new String(password, StandardCharsets.UTF_8));
        }

        @Task("r.open")
        @SuppressWarnings("DoNotCallSuggester") // that is its task
        public void open(String token) {
            throw new IllegalStateException("no door for " + token);
        }

        @Task("r.all")
        @SuppressWarnings("DoNotCallSuggester") // that is its task
        public void all(String user, String... passwords) {
            throw new IllegalStateException("none of " + List.of(passwords));
        }

        @Task("r.token")
        public void token(UUID token) {}

        @Task(value = "r.again", maxRetries = 0)
        @SuppressWarnings("DoNotCallSuggester") // that is its task
        public void again(String password, TaskContext context) {
            throw context.retry(Duration.ZERO);
        }

        @Task("r.reject")
        @SuppressWarnings("DoNotCallSuggester") // that is its task
        public void reject(String password, TaskContext context) {
            throw context.reject("not wanted: " + password);
        }
    }
}
