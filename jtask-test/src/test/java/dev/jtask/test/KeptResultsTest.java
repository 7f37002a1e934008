package dev.jtask.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.Piece;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.TaskEnd;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Chord;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Holds in memory and, by [KeptResultsIT], on a real broker with a real Redis.
@JTaskTest(results = JTaskTest.Results.KEPT)
class KeptResultsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final TypeReference<List<String>> LINES = new TypeReference<>() {};

    @TaskBean
    final Sums sums = new Sums();

    /// Tasks that are parts of chords.
    public static class Sums {

        private final AtomicInteger runs = new AtomicInteger();

        @Task("sums.square")
        public int square(int x) {
            return x * x;
        }

        @Task("sums.sum")
        public int sum(List<Integer> all) {
            return all.stream().mapToInt(Integer::intValue).sum();
        }

        @Task(value = "sums.root", maxRetries = 1, retryFor = ArithmeticException.class, retryDelay = "1s")
        public int root(int x) {
            if (x < 0) {
                throw new ArithmeticException("no root of " + x);
            }
            return (int) Math.sqrt(x);
        }

        @Task("sums.report")
        public List<String> report(List<TaskEnd> ends) {
            return ends.stream()
                    .map(end -> "%s %s"
                            .formatted(
                                    end.state(),
                                    end.succeeded()
                                            ? end.result().asText()
                                            : end.result().path("exc_type").asText()))
                    .toList();
        }

        @Task("sums.steps")
        public int steps(int last, TaskContext context) {
            int sum = 0;
            for (int i = 1; i <= last; i++) {
                sum += i;
                context.emit(sum);
            }
            return sum;
        }

        @Task("sums.once")
        public int once() {
            return runs.incrementAndGet();
        }
    }

    @Test
    void aChordCountsItsParts(TaskClient client) {
        var sum = client.send(new Chord<>(
                Group.of(TaskRequest.of("sums.square", 3), TaskRequest.of("sums.square", 4)),
                TaskRequest.of("sums.sum").returning(Integer.class)));

        assertThat(sum.get(SOON)).isEqualTo(25);
    }

    @Test
    void aBatchIsReportedOnceAllHaveEndedHoweverTheyHave(TaskClient client) {
        var report = client.send(Group.of(
                        TaskRequest.of("sums.root", 9),
                        TaskRequest.of("sums.root", -1),
                        TaskRequest.of("sums.root", 4).expires(Instant.EPOCH),
                        Chain.of(TaskRequest.of("sums.root", -4)).then(TaskRequest.of("sums.square")),
                        TaskRequest.of("sums.root", 16))
                .whenEnded(TaskRequest.of("sums.report").returning(LINES)));

        assertThat(report.get(SOON))
                .containsExactly(
                        "SUCCESS 3",
                        "FAILURE ArithmeticException",
                        "REVOKED TaskRevokedError",
                        "FAILURE ArithmeticException",
                        "SUCCESS 4");
    }

    @Test
    void anEmptyBatchIsReportedAtOnce(TaskClient client) {
        var report = client.send(Group.of(List.<TaskRequest<JsonNode>>of())
                .whenEnded(TaskRequest.of("sums.report").returning(LINES)));

        assertThat(report.get(SOON)).isEmpty();
    }

    @Test
    void aKeyRunsOnce(TaskClient client) {
        var request =
                TaskRequest.of("sums.once").returning(Integer.class).idempotencyKey("order-1", Duration.ofHours(1));

        assertThat(client.send(request).get(SOON)).isEqualTo(1);
        assertThat(client.send(request).get(SOON)).isEqualTo(1);
        assertThat(sums.runs).hasValue(1);
    }

    @Test
    void piecesAreThereById(TaskClient client) {
        var id = client.send(TaskRequest.of("sums.steps", 3).withPieces()).id();

        assertThat(client.handle(id, Integer.class).pieces(Integer.class, SOON).map(Piece::value))
                .containsExactly(1, 3, 6);
        assertThat(client.handle(id, Integer.class).get(SOON)).isEqualTo(6);
    }

    @Test
    void aResultIsThereById(TaskClient client) {
        var id = client.send("sums.square", 5).id();

        assertThat(client.handle(id, Integer.class).get(SOON)).isEqualTo(25);
        assertThat(client.handle(id, Integer.class).status()).isEqualTo("SUCCESS");
    }
}
