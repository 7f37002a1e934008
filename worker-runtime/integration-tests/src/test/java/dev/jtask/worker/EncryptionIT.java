package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.DeadLetter;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.Piece;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Chord;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.RedisNode;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Encrypted tasks of a real client on a real worker: whatever becomes of one, neither the broker nor Redis,
/// nor a log line or an event, shows an argument or what came of it.
@RabbitMqTest
@SuppressWarnings("NullAway.Init")
class EncryptionIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SECRET = "s3cr3t";

    @TempDir
    Path folder;

    private final String queue = "secret-" + UUID.randomUUID();
    private final String key = KeySets.secret("2026-11");
    private final LogLines log = new LogLines();
    private RabbitMqNode node;
    private RedisNode redis;
    private Process monitor;
    private Path commands;
    private Path keys;
    private Tap tap;
    private WorkerProgram worker;
    private TaskClient client;

    @BeforeEach
    void start(RabbitMqNode broker) throws IOException {
        node = broker;
        redis = RedisNode.start();
        commands = folder.resolve("redis.log");
        monitor = new ProcessBuilder("redis-cli", "-p", redis.uri().replaceAll("^.*:(\\d+).*$", "$1"), "monitor")
                .redirectErrorStream(true)
                .redirectOutput(commands.toFile())
                .start();
        keys = KeySets.write(folder.resolve("keys.json"), key);
        tap = new Tap(broker);
        worker = worker(keys);
        client = client(keys);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        worker.close();
        tap.close();
        monitor.destroy();
        redis.close();
        log.close();
        try (var raw = new RawMessages(node)) {
            raw.delete(queue);
            raw.delete(queue + ".dead");
        }
    }

    @Test
    void nothingIsSeenOfATaskWhateverBecomesOfIt() throws IOException {
        assertThat(client.send(echo(SECRET)).get(SOON)).isEqualTo(SECRET);
        assertThat(client.send(echo(SECRET).countdown(Duration.ofSeconds(2))).get(SOON))
                .isEqualTo(SECRET);
        assertThat(client.send(TaskRequest.of("s.retry", SECRET).returning(String.class))
                        .get(SOON))
                .isEqualTo(SECRET + 2);
        assertThatThrownBy(() -> client.send("s.fail", SECRET).get(SOON))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("no card " + SECRET);
        assertThatThrownBy(() -> client.send("s.number", SECRET).get(SOON)).hasMessageContaining("s.number()");
        assertThatThrownBy(() -> client.send("s.reject", SECRET).get(SOON)).hasMessageContaining(SECRET);
        assertThat(client.send(Chain.of(echo(SECRET))
                                .then(TaskRequest.of("s.echo").returning(String.class)))
                        .get(SOON))
                .isEqualTo(SECRET);
        assertThat(client.send(new Chord<>(
                                Group.of(List.of(echo(SECRET), echo(SECRET))),
                                TaskRequest.of("s.join").returning(String.class)))
                        .get(SOON))
                .isEqualTo(SECRET + SECRET);
        var once = echo(SECRET).idempotencyKey("order-1", Duration.ofHours(1));
        assertThat(client.send(once).get(SOON)).isEqualTo(SECRET);
        assertThat(client.send(once).get(SOON)).isEqualTo(SECRET);
        assertThat(client.send(TaskRequest.of("s.send", SECRET).returning(String.class))
                        .get(SOON))
                .isEqualTo("sent");
        await().atMost(SOON).until(() -> tap.seen().stream().anyMatch(line -> line.contains("s.last")));
        var progress = client.send(TaskRequest.of("s.progress", SECRET).returning(String.class));
        await().atMost(SOON).until(() -> progress.progress(String.class).isPresent());
        var inspected = client.workers()
                .on("test@" + queue)
                .within(SOON)
                .inspect()
                .active()
                .toString();
        Tasks.GATE.countDown();
        assertThat(progress.get(SOON)).isEqualTo(SECRET);

        assertThat(client.send(TaskRequest.of("s.emit", SECRET).withPieces()).pieces(String.class, SOON))
                .extracting(Piece::value)
                .containsExactly(SECRET, SECRET);

        letters(2);
        assertThat(inspected).contains("s.progress", "<encrypted>").doesNotContain(SECRET);
        assertThat(tap.seen()).hasSizeGreaterThan(40).noneMatch(line -> line.contains(SECRET));
        assertThat(tap.seen())
                .as("events")
                .anyMatch(line -> line.contains("task-received") && line.contains("<encrypted>"))
                .anyMatch(line -> line.contains("task-failed"));
        assertThat(Files.readString(commands, StandardCharsets.UTF_8))
                .contains("x-jtask-jwe")
                .doesNotContain(SECRET);
        assertThat(log.lines())
                .anyMatch(line -> line.contains("s.fail failed: IllegalStateException('<encrypted>')"))
                .noneMatch(line -> line.contains(SECRET));
        assertThat(client.deadLetters(queue).list().toString()).doesNotContain(SECRET);
    }

    @Test
    void aMessageOfAnUnknownKeyIsADeadLetterUntilTheKeyIsThere() {
        var next = KeySets.write(folder.resolve("next.json"), key, KeySets.secret("2026-12"));
        try (var ahead = client(next)) {
            var early = ahead.send(echo(SECRET));
            assertThat(early.await(SOON)).isTrue();
            assertThatThrownBy(() -> early.get(SOON))
                    .hasMessageContaining("InvalidTaskError")
                    .hasMessageContaining("encrypted with key '2026-12', which keys file")
                    .hasMessageContaining("add it there");
            assertThat(client.send(echo(SECRET)).get(SOON)).as("the old key").isEqualTo(SECRET);

            var letter = letters(1).getFirst();
            assertThat(letter.reason()).contains("key '2026-12'");
            assertThat(new String(letter.message().body(), StandardCharsets.UTF_8))
                    .doesNotContain(SECRET);

            // rotation: the worker reads the file again
            copy(next, keys);
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> ahead.send(echo(SECRET)).get(SOON).equals(SECRET));
            var again = client.deadLetters(queue).sendBack(early.id());
            assertThat(again).isEqualTo(1);
            await().atMost(SOON)
                    .until(() ->
                            client.handle(early.id(), String.class).status().equals(TaskState.SUCCESS));
        }
    }

    @Test
    void aClientWithoutTheKeysSaysWhatItLacks() {
        var id = client.send(echo(SECRET)).id();
        try (var other = TaskClient.builder(node.amqpUri())
                .resultBackend(redis.uri())
                .queue(queue)
                .connect()) {
            await().atMost(SOON)
                    .until(() -> client.handle(id, String.class).status().equals(TaskState.SUCCESS));
            assertThatThrownBy(() -> other.handle(id, String.class).get(SOON))
                    .hasMessageContaining("its result cannot be read")
                    .hasMessageContaining("give the client keys");
            assertThat(other.send(echo("plain")).get(SOON))
                    .as("not all need to encrypt")
                    .isEqualTo("plain");
        }
    }

    @Test
    void resultsOverTheReplyQueueAreEncryptedAsWell() throws IOException {
        worker.close();
        worker = Workers.start(node, new Tasks(), queue, "JTASK_KEYS_FILE", keys.toString());
        try (var rpc =
                TaskClient.builder(node.amqpUri()).queue(queue).keys(keys).connect()) {
            assertThat(rpc.send(echo(SECRET)).get(SOON)).isEqualTo(SECRET);
            assertThat(rpc.send(TaskRequest.of("s.emit", SECRET).withPieces()).pieces(String.class, SOON))
                    .extracting(Piece::value)
                    .containsExactly(SECRET, SECRET);
            assertThatThrownBy(() -> rpc.send("s.fail", SECRET).get(SOON)).hasMessageContaining(SECRET);
        }
        assertThat(tap.seen()).noneMatch(line -> line.contains(SECRET));
    }

    @Test
    void aWorkerWithoutKeysRunsNothingThatIsEncrypted() throws IOException {
        worker.close();
        worker = Workers.start(node, new Tasks(), queue, "JTASK_RESULT_BACKEND", redis.uri());

        assertThatThrownBy(() -> client.send(echo(SECRET)).get(SOON))
                .hasMessageContaining("the body is encrypted, and there are no keys here; set JTASK_KEYS_FILE");
        letters(1);
    }

    /// Once there are so many: whoever waits is told before the letter is written.
    private List<DeadLetter> letters(int count) {
        return await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> client.deadLetters(queue).list(), letters -> letters.size() == count);
    }

    private WorkerProgram worker(Path file) throws IOException {
        return Workers.start(
                node,
                new Tasks(),
                queue,
                "JTASK_RESULT_BACKEND",
                redis.uri(),
                "JTASK_EVENTS",
                "true",
                "JTASK_KEYS_FILE",
                file.toString());
    }

    private TaskClient client(Path file) {
        return TaskClient.builder(node.amqpUri())
                .resultBackend(redis.uri())
                .queue(queue)
                .keys(file)
                .connect();
    }

    private static TaskRequest<String> echo(String value) {
        return TaskRequest.of("s.echo", value).returning(String.class);
    }

    private static void copy(Path from, Path to) {
        try {
            Files.writeString(to, Files.readString(from));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Tasks that say what they were told wherever they can.
    public static final class Tasks {

        static final CountDownLatch GATE = new CountDownLatch(1);

        @Task("s.echo")
        public String echo(String value) {
            return value;
        }

        @Task("s.number")
        public int number(int value) {
            return value;
        }

        @Task(value = "s.retry", retryDelay = "1s", maxRetries = 3, retryFor = IOException.class)
        public String retry(String value, TaskContext context) throws IOException {
            if (context.attempt() < 2) {
                throw new IOException("not yet " + value);
            }
            return value + context.attempt();
        }

        @Task("s.fail")
        @SuppressWarnings("DoNotCallSuggester") // that is its task
        public void fail(String value) {
            throw new IllegalStateException("no card " + value, new IllegalArgumentException(value));
        }

        @Task("s.reject")
        @SuppressWarnings("DoNotCallSuggester") // that is its task
        public void reject(String value, TaskContext context) {
            throw context.reject("not wanted: " + value);
        }

        @Task("s.join")
        public String join(List<String> values) {
            return String.join("", values);
        }

        @Task("s.send")
        public String send(String value, TaskContext context) {
            context.send(TaskRequest.of("s.last", value));
            return "sent";
        }

        @Task("s.last")
        public String last(String value) {
            return value;
        }

        @Task("s.emit")
        public void emit(String value, TaskContext context) {
            context.emit(value);
            context.emit(value);
        }

        @Task("s.progress")
        public String progress(String value, TaskContext context) throws InterruptedException {
            context.progress(value);
            GATE.await();
            return value;
        }
    }
}
