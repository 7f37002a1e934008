package dev.jtask.worker;

import static dev.jtask.worker.PiecesIT.SOON;
import static dev.jtask.worker.PiecesIT.task;
import static dev.jtask.worker.PiecesIT.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.Piece;
import dev.jtask.client.result.PiecesLostException;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.Relay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workers that die and connections that are cut while a task emits.
@RabbitMqTest
class PieceFaultsIT {

    private static final int PIECES = 400;

    @TempDir
    private Path folder;

    private final String queue = "piece-faults-" + UUID.randomUUID();
    private final RabbitMqNode node;
    private final PieceTasks tasks = new PieceTasks();

    PieceFaultsIT(RabbitMqNode node) {
        this.node = node;
    }

    @Test
    void aTaskOfAKilledWorkerBeginsAnewElsewhere() throws Exception {
        try (var client = client(node.amqpUri())) {
            var handle = client.send(task("p.pieces", folder.toString()));
            List<Piece<Integer>> read = new ArrayList<>();
            try (var first = worker().awaitReady()) {
                handle.pieces(Integer.class, SOON).limit(2).forEach(read::add);
                first.kill();
                first.awaitExit();
            }
            Files.createFile(folder.resolve("gate"));
            try (var _ = worker().awaitReady()) {
                handle.pieces(Integer.class, SOON).forEach(read::add);
            }
            assertThat(read).extracting(Piece::number).containsExactly(1L, 2L, 1L, 2L, 3L);
            assertThat(read).extracting(Piece::attempt).as("no retry").containsOnly(1);
        }
    }

    @Test
    void cutConnectionsOfTheWorkerGiveNoPieceTwiceAndLoseNone() throws IOException {
        try (var relay = relay();
                var _ = Workers.start(node, tasks, queue, "JTASK_BROKER_URI", through(relay));
                var client = client(node.amqpUri())) {
            var handle = client.send(task("e.count", PIECES));
            List<Integer> read = new ArrayList<>();

            handle.pieces(Integer.class, SOON).forEach(piece -> {
                read.add(piece.value());
                if (piece.number() % 150 == 0) {
                    relay.cut();
                }
            });

            assertThat(read).isEqualTo(upTo(PIECES));
            assertThat(tasks.runs).hasValue(1);
        }
    }

    @Test
    void aReaderThatWasCutOffHasAllOrSeesThatItHasNot() throws IOException {
        try (var relay = relay();
                var _ = Workers.start(node, tasks, queue);
                var client = client(through(relay))) {
            var handle = client.send(task("e.endless"));
            var read = new CopyOnWriteArrayList<Integer>();
            var reading = CompletableFuture.runAsync(
                    () -> handle.pieces(Integer.class, SOON).forEach(piece -> read.add(piece.value())));
            await().atMost(SOON).until(() -> read.size() > 50);
            relay.cut();
            int cut = tasks.emitted.get();
            // once it is back, or the reader has seen what it has missed, the result comes through too
            await().atMost(SOON).until(() -> read.getLast() > cut + 100 || reading.isDone());
            tasks.gate.countDown();

            int last = handle.get(SOON).asInt();
            try {
                reading.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
                assertThat(read).isEqualTo(upTo(last));
            } catch (CompletionException e) {
                assertThat(e)
                        .hasCauseInstanceOf(PiecesLostException.class)
                        .hasMessageContaining("the connection was lost meanwhile");
                assertThat(read).isEqualTo(upTo(read.size()));
            }
        }
    }

    @Test
    void aReaderThatIsGoneStopsNoTask() throws IOException {
        try (var worker = Workers.start(node, tasks, queue)) {
            try (var client = client(node.amqpUri())) {
                var handle = client.send(task("e.gated", PIECES));
                assertThat(PiecesIT.first(handle).value()).isEqualTo(1);
            }
            tasks.gate.countDown();

            await().atMost(SOON)
                    .until(() -> node.view().queue(queue).path("messages").asInt(-1) == 0);
            assertThat(worker.isAlive()).isTrue();
        }
    }

    @Test
    void aPieceThatIsTooLargeFailsTheCallAndNotTheTask() throws IOException {
        try (var small = RabbitMqNode.start(Files.createTempDirectory("small-pieces"), "max_message_size = 1000000");
                var _ = Workers.start(small, tasks, queue);
                var client = client(small.amqpUri())) {
            var handle = client.send(task("e.large"));

            assertThat(handle.pieces(Integer.class, SOON).map(Piece::value)).containsExactly(1, 2);
            assertThat(handle.get(SOON).asText())
                    .contains("a piece of task e.large is refused")
                    .contains("larger than configured max size 1000000; emit smaller ones");
        }
    }

    @Test
    void nobodyWaitsForATaskThatNoWorkerHas() {
        try (var client = client(node.amqpUri())) {
            var none = client.send(task("e.count", 1)).pieces(Integer.class, Duration.ofMillis(100));

            assertThatThrownBy(none::toList).hasMessageContaining("is a worker consuming the queue?");
        }
    }

    private TaskClient client(String uri) {
        return TaskClient.builder(uri).queue(queue).publishTimeout(SOON).connect();
    }

    private WorkerProcess worker() throws IOException {
        return WorkerProcess.start(folder, node, Map.of("JTASK_QUEUES", queue));
    }

    private Relay relay() throws IOException {
        return Relay.start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), node.amqpPort());
    }

    private static String through(Relay relay) {
        return "amqp://guest:guest@127.0.0.1:%d".formatted(relay.port());
    }
}
