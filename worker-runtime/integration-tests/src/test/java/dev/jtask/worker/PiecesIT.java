package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.Piece;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a task emits comes to its sender by the reply queue; [KeptPiecesIT] has the same by Redis.
@RabbitMqTest
@SuppressWarnings("NullAway.Init")
class PiecesIT {

    static final Duration SOON = Duration.ofSeconds(60);
    /// For thousands of confirms, one after the other.
    static final Duration LONG = Duration.ofMinutes(5);

    static final int MANY = 10_000;

    final PieceTasks tasks = new PieceTasks();
    final String queue = "pieces-" + getClass().getSimpleName();
    RabbitMqNode node;
    WorkerProgram worker;
    TaskClient client;

    @BeforeEach
    void start(RabbitMqNode broker) throws IOException {
        node = broker;
        worker = Workers.start(node, tasks, queue, backend());
        client = client();
    }

    @AfterEach
    void stop() {
        tasks.gate.countDown();
        client.close();
        worker.close();
    }

    String[] backend() throws IOException {
        return new String[0];
    }

    TaskClient client() {
        return TaskClient.builder(node.amqpUri())
                .queue(queue)
                .publishTimeout(SOON)
                .connect();
    }

    @Test
    void theyAreReadWhileTheTaskRuns() {
        var handle = client.send(task("e.gated", 5));
        var read = new ArrayList<Integer>();

        handle.pieces(Integer.class, SOON).forEach(piece -> {
            read.add(piece.value());
            if (piece.number() == 2) {
                assertThat(handle.isReady()).isFalse();
                tasks.gate.countDown();
            }
        });

        assertThat(read).containsExactly(1, 2, 3, 4, 5);
        assertThat(handle.get(SOON).asInt()).isEqualTo(5);
    }

    @Test
    void manyComeInTheirOrder() {
        var handle = client.send(task("e.count", MANY));

        assertThat(handle.pieces(Integer.class, SOON).map(Piece::value)).isEqualTo(upTo(MANY));
    }

    @Test
    void aSlowReaderMissesNone() {
        var handle = client.send(task("e.count", 3_000));
        assertThat(handle.await(LONG)).isTrue();

        assertThat(handle.pieces(Integer.class, SOON).map(Piece::value)).isEqualTo(upTo(3_000));
    }

    @Test
    void aRetryBeginsAnew() {
        var handle = client.send(task("e.retry"));
        var read = new ArrayList<Integer>();

        // restarted as the guide does it
        handle.pieces(Integer.class, SOON).forEach(piece -> {
            if (piece.isFirst()) {
                read.clear();
            }
            read.add(piece.value());
        });

        assertThat(read).containsExactly(21);
        assertThat(handle.get(SOON).asInt()).isEqualTo(2);
    }

    @Test
    void aFailureComesAfterWhatWasEmitted() {
        var handle = client.send(task("e.fail"));
        var read = new ArrayList<Integer>();
        var pieces = handle.pieces(Integer.class, SOON);

        assertThatThrownBy(() -> pieces.forEach(piece -> read.add(piece.value())))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("no paper");
        assertThat(read).containsExactly(1, 2);
    }

    @Test
    void whoDoesNotAskGetsNone() {
        var handle = client.send(TaskRequest.of("e.count", 5));

        assertThat(handle.get(SOON).asInt()).isEqualTo(5);
        var none = handle.pieces(Integer.class, SOON);
        assertThatThrownBy(none::toList).hasMessageContaining("send it withPieces()");
    }

    @Test
    void whatATaskSendsAndWhatFollowsItAreNotAsked() {
        var chain = client.send(
                Chain.of(task("e.parent")).then(TaskRequest.of("e.count", 4).complete()));

        assertThat(chain.get(SOON).asInt()).isEqualTo(4);
        await().atMost(SOON).until(() -> tasks.runs.get() == 2);
        var none = chain.pieces(Integer.class, SOON);
        assertThatThrownBy(none::toList).hasMessageContaining("send it withPieces()");
    }

    @Test
    void theLastOfAChainMayBeAsked() {
        var chain = client.send(
                Chain.of(TaskRequest.of("e.count", 4)).then(task("e.count", 3).complete()));

        assertThat(chain.pieces(Integer.class, SOON).map(Piece::value)).isEqualTo(upTo(3));
    }

    @Test
    void aTaskIsStoppedWhileItEmits() {
        var handle = client.send(task("e.count", Integer.MAX_VALUE));
        assertThat(first(handle).value()).isEqualTo(1);

        handle.terminate();
        assertThatThrownBy(() -> handle.get(SOON)).hasMessageContaining("REVOKED");
    }

    static Piece<Integer> first(TaskHandle<JsonNode> handle) {
        return handle.pieces(Integer.class, SOON).findFirst().orElseThrow();
    }

    static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    static TaskRequest<JsonNode> task(String name, Object... args) {
        return TaskRequest.of(name, args).withPieces();
    }
}
