package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.DeadLetter;
import dev.jtask.client.DeadLetterGroup;
import dev.jtask.client.DeadLetterQueue;
import dev.jtask.client.TaskClient;
import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.task.Task;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// A task that failed for good is kept where somebody wishes it, and runs again when it is sent back; where it
/// cannot be kept, it neither runs again by itself nor is lost.
@RabbitMqTest
class FailedTasksIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String JSON = "application/json";

    private final Failing tasks = new Failing();
    private RabbitMqNode node;
    private RawMessages raw;
    private TaskClient client;
    private String queue;

    /// Tasks that fail at numbers below zero.
    public static final class Failing {

        final List<Integer> runs = new CopyOnWriteArrayList<>();

        @Task(value = "x.kept", keepFailed = true)
        public int kept(int number) {
            return check(number);
        }

        @Task(value = "x.retried", keepFailed = true, maxRetries = 2, retryFor = Exception.class, retryDelay = "0s")
        public int retried(int number) {
            return check(number);
        }

        @Task("x.plain")
        public int plain(int number) {
            return check(number);
        }

        @Task(value = "x.answer", keepFailed = true, expected = IllegalArgumentException.class)
        public int answer(int number) {
            return check(number);
        }

        private int check(int number) {
            runs.add(number);
            if (number < 0) {
                throw new IllegalArgumentException("%d is below zero".formatted(number));
            }
            return number;
        }
    }

    @BeforeEach
    void start(RabbitMqNode broker, TestInfo test) throws IOException {
        node = broker;
        raw = new RawMessages(node);
        queue = "failing-" + test.getDisplayName().replaceAll("\\W", "");
        client = TaskClient.builder(node.amqpUri()).queue(queue).connect();
    }

    @AfterEach
    void stop() {
        client.close();
        raw.close();
    }

    @Test
    void theWholeMessageIsKeptAndRunsWhenItIsSentBackMended() throws IOException {
        try (var _ = Workers.start(node, tasks, queue)) {
            var handle = client.send(TaskRequest.of("x.kept", -1).header("tenant", "acme"));
            assertThatThrownBy(() -> handle.get(SOON)).hasMessageContaining("-1 is below zero");

            assertThat(kept(client.failedTasks(queue), 1)).singleElement().satisfies(letter -> {
                assertThat(letter.id()).isEqualTo(handle.id());
                assertThat(letter.task()).isEqualTo("x.kept");
                assertThat(letter.reason()).isEqualTo("the task failed");
                assertThat(letter.queue()).isEqualTo(queue);
                assertThat(letter.attempts()).isEqualTo(1);
                assertThat(letter.exception()).isEqualTo("IllegalArgumentException('-1 is below zero')");
                assertThat(letter.exceptionType()).isEqualTo("IllegalArgumentException");
                assertThat(TaskCodec.decode(letter.message()))
                        .isInstanceOfSatisfying(DecodeResult.Decoded.class, decoded -> {
                            assertThat(decoded.task().args()).hasToString("[-1]");
                            assertThat(decoded.task().customHeaders()).containsEntry("tenant", "acme");
                        });
            });
            assertThat(client.failedTasks(queue).sendBack(letter -> true, edit -> edit.withArg(0, 7)))
                    .isEqualTo(1);

            await().atMost(SOON).until(() -> tasks.runs.contains(7));
        }
        assertThat(tasks.runs).containsExactly(-1, 7);
        assertThat(client.failedTasks(queue).list()).isEmpty();
        assertThat(raw.messages(queue)).isZero();
    }

    @Test
    void onlyTheLastAttemptIsKeptAndOneThatFailsAgainIsKeptAgain() throws IOException {
        try (var _ = Workers.start(node, tasks, queue)) {
            client.send("x.retried", -1);
            client.send("x.retried", -2);

            assertThat(kept(client.failedTasks(queue), 2))
                    .extracting(DeadLetter::attempts)
                    .containsExactly(3, 3);
            assertThat(client.failedTasks(queue).groups())
                    .containsExactly(
                            new DeadLetterGroup("the task failed", "x.retried", "IllegalArgumentException", 2));
            var groups = client.failedTasks(queue).groups();
            assertThat(client.failedTasks(queue).sendBack(groups.getFirst())).isEqualTo(2);

            await().atMost(SOON).until(() -> tasks.runs.size() == 12);
            assertThat(kept(client.failedTasks(queue), 2))
                    .extracting(DeadLetter::attempts)
                    .containsExactly(3, 3);
        }
    }

    @Test
    void whatNobodyWishesToKeepIsNotKept() throws IOException {
        try (var _ = Workers.start(node, tasks, queue, "JTASK_KEEP_FAILED", "other,*-too")) {
            for (var task : List.of("x.plain", "x.answer")) {
                var handle = client.send(task, -1);
                assertThatThrownBy(() -> handle.get(SOON)).hasMessageContaining("below zero");
            }
        }
        assertThatThrownBy(() -> client.failedTasks(queue).list())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(queue + ".failed");
    }

    @Test
    void aQueueKeepsAllOfItsFailedTasks() throws IOException {
        try (var _ = Workers.start(node, tasks, queue, "JTASK_KEEP_FAILED", "failing-*")) {
            client.send("x.plain", -1);

            assertThat(kept(client.failedTasks(queue), 1))
                    .extracting(DeadLetter::task)
                    .containsExactly("x.plain");
        }
    }

    @Test
    void aFailedTaskForWhichThereIsNoRoomIsADeadLetter() throws IOException {
        crowd(queue + ".failed");
        try (var _ = Workers.start(node, tasks, queue)) {
            var handle = client.send("x.kept", -1);
            assertThatThrownBy(() -> handle.get(SOON)).hasMessageContaining("below zero");

            assertThat(kept(client.deadLetters(queue), 1)).singleElement().satisfies(letter -> {
                assertThat(letter.reason()).startsWith("the task failed, and is not among the failed tasks: ");
                assertThat(letter.exception()).contains("-1 is below zero");
            });
        }
        assertThat(tasks.runs).containsExactly(-1);
    }

    @Test
    void aFailedTaskThatNeitherTakesWaitsAndDoesNotRunAgain() throws IOException {
        crowd(queue + ".failed");
        crowd(queue + ".dead");
        try (var worker = Workers.start(node, tasks, queue)) {
            var handle = client.send("x.kept", -1);
            assertThatThrownBy(() -> handle.get(SOON)).hasMessageContaining("below zero");
            await().during(Duration.ofSeconds(6)).atMost(SOON).until(() -> tasks.runs.equals(List.of(-1)));
            assertThat(client.send("x.kept", 1).get(SOON).asInt())
                    .as("others run")
                    .isEqualTo(1);
            // the result is here before its confirm is there
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(Workers.metrics(worker)).contains("jtask_worker_unsettled 1.0"));

            raw.delete(queue + ".failed");

            assertThat(kept(client.failedTasks(queue), 1))
                    .extracting(DeadLetter::id)
                    .containsExactly(handle.id());
        }
        assertThat(tasks.runs).containsExactly(-1, 1);
        assertThat(raw.messages(queue)).as("nothing went back").isZero();
    }

    /// A queue that takes nothing more.
    private void crowd(String name) throws IOException {
        raw.declare(name, Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
        raw.send(name, JSON, Map.of(), "{}");
        await().atMost(SOON).until(() -> raw.messages(name) == 1);
    }

    /// Once there are so many; a queue is made with its first letter, and may hold what is no task.
    private static List<DeadLetter> kept(DeadLetterQueue letters, int count) {
        return await().atMost(SOON)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(
                        () -> letters.list().stream()
                                .filter(letter -> !letter.id().isEmpty())
                                .toList(),
                        found -> found.size() == count);
    }
}
