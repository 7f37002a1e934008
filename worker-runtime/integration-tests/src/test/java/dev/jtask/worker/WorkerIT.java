package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@RabbitMqTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private WorkerProgram worker;
    private TaskClient client;
    private RabbitMqNode node;

    @BeforeAll
    void start(RabbitMqNode broker) throws IOException {
        node = broker;
        client = TaskClient.builder(broker.amqpUri()).queue("worker-it").connect();
        worker = Workers.start(broker, new TestTasks(), "worker-it");
    }

    @AfterAll
    void stop() {
        client.close();
        worker.close();
    }

    @Test
    void runsATaskByPositionByNameAndWithDefaults() {
        assertThat(client.send("t.add", 4, 6).get(SOON).intValue()).isEqualTo(10);
        assertThat(client.send("t.add", 4).get(SOON).intValue()).isEqualTo(14);
        var named = TaskRequest.of("t.add", 1).kwarg("y", 2).returning(Integer.class);
        assertThat(client.send(named).get(SOON)).isEqualTo(3);
    }

    @Test
    void convertsArgumentsAndResultsBothWays() {
        var time = Instant.parse("2026-01-31T10:00:00Z");
        assertThat(client.send(TaskRequest.of("t.next_day", time).returning(Instant.class))
                        .get(SOON))
                .isEqualTo("2026-02-01T10:00:00Z");
        assertThat(client.send("t.total", List.of(Map.of("a", 1, "b", 2), Map.of("c", 3)))
                        .get(SOON)
                        .longValue())
                .isEqualTo(6);
        assertThat(client.send("t.later", "hi").get(SOON).textValue()).isEqualTo("hi!");
        assertThat(client.send("t.echo", new Object[] {null}).get(SOON).isNull())
                .isTrue();
    }

    @Test
    void tellsTheSenderWhatATaskThrew() {
        assertThatThrownBy(() -> client.send("t.fail", "boom").get(SOON))
                .isInstanceOfSatisfying(TaskFailedException.class, failure -> {
                    assertThat(failure.status()).isEqualTo("FAILURE");
                    assertThat(failure.error().type()).isEqualTo("IllegalStateException");
                    assertThat(failure.error().arguments()).containsExactly("boom");
                    assertThat(failure.remoteTraceback()).contains("TestTasks.fail");
                });
    }

    @Test
    void triesAgainAfterAListedExceptionAndGivesUpAtTheMaximum() {
        assertThat(client.send("t.flaky", 3).get(SOON).intValue()).isEqualTo(3);
        assertThatThrownBy(() -> client.send("t.flaky", 9).get(SOON))
                .isInstanceOfSatisfying(
                        TaskFailedException.class,
                        failure -> assertThat(failure.error().arguments()).containsExactly("attempt 4"));
    }

    @Test
    void aRetryWaitsInTheBroker() {
        var before = Instant.now();
        assertThat(client.send("t.retry", 2).get(SOON).intValue()).isEqualTo(2);
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(1500));
        assertThat(node.view().exists("celery_delayed_27")).isTrue();
        assertThatThrownBy(() -> client.send("t.retry", 5).get(SOON)).hasMessageContaining("attempt 2");
    }

    @Test
    void aTaskWithACountdownIsNotRunBeforeItsTime() {
        var before = Instant.now();
        client.send(TaskRequest.of("t.add", 1).countdown(Duration.ofMillis(2300)))
                .get(SOON);
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(2300));
    }

    @Test
    void anExpiredTaskIsRevokedAndNotRun() {
        var late = TaskRequest.of("t.add", 1).expires(Instant.now().minusSeconds(5));
        assertThatThrownBy(() -> client.send(late).get(SOON))
                .isInstanceOfSatisfying(TaskFailedException.class, failure -> {
                    assertThat(failure.status()).isEqualTo("REVOKED");
                    assertThat(failure.error().arguments()).containsExactly("expired");
                });
    }

    @Test
    void answersAnUnknownTaskAndWrongArguments() {
        assertThatThrownBy(() -> client.send("t.unknown").get(SOON)).hasMessageContaining("NotRegistered: t.unknown");
        assertThatThrownBy(() -> client.send("t.add").get(SOON)).hasMessageContaining("missing argument 'x'");
        assertThatThrownBy(() -> client.send("t.add", "four").get(SOON)).hasMessageContaining("argument 'x' is no int");
        assertThatThrownBy(() -> client.send("t.add", 1, 2, 3).get(SOON)).hasMessageContaining("3 were given");
        assertThatThrownBy(() ->
                        client.send(TaskRequest.of("t.add", 1).kwarg("z", 1)).get(SOON))
                .hasMessageContaining("unexpected keyword arguments [z]");
    }

    @Test
    void aStopThatIsInterruptedConsumesNothingMore() throws IOException, InterruptedException {
        try (var own = Workers.start(node, new TestTasks(), "cut-short-it", "JTASK_DRAIN_TIMEOUT", "1h")) {
            Thread.currentThread().interrupt();
            own.stop();
            assertThat(Thread.interrupted()).isTrue();
            own.awaitStopped();

            client.send(TaskRequest.of("t.add", 1).queue("cut-short-it").withoutReply());
            Awaitility.await("nobody takes it").atMost(SOON).until(() -> {
                var queue = node.view().queue("cut-short-it");
                return queue.path("messages_ready").asInt() == 1
                        && queue.path("consumers").asInt(-1) == 0;
            });
        }
    }

    @Test
    void runsManyTasksAndAcknowledgesEachOne() {
        var requests = IntStream.range(0, 2_000)
                .mapToObj(i -> TaskRequest.of("t.add", i, 1).returning(Integer.class))
                .toList();
        var handles = client.sendAll(requests);
        for (int i = 0; i < handles.size(); i++) {
            assertThat(handles.get(i).get(SOON)).isEqualTo(i + 1);
        }
        Awaitility.await("queue is empty and nothing unacknowledged")
                .atMost(SOON)
                .until(() -> node.view().messages("worker-it") == 0);
    }
}
