package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.Relay;
import dev.jtask.worker.registry.TaskClasses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A network that ends connections at any moment, also while they are opened, delays tasks and ends nothing else.
@RabbitMqTest
class ConnectionFaultsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int CUTS = Integer.getInteger("jtask.test.cuts", 60);
    private static final int TASKS = 300;
    private static final String QUEUE = "connection-faults";

    private final FaultTasks tasks = new FaultTasks();
    private final RabbitMqNode node;
    private Relay relay;
    private TaskClient client;

    ConnectionFaultsIT(RabbitMqNode node) {
        this.node = node;
    }

    @BeforeEach
    void connect() throws IOException {
        relay = Relay.start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), node.amqpPort());
        client = TaskClient.builder(node.amqpUri()).queue(QUEUE).connect();
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
        relay.close();
    }

    @Test
    void whenItHasBeenCutManyTimesAtRandomMomentsAllTasksAreDone() throws Exception {
        var random = new Random(7);
        try (var worker = Workers.start(node, tasks, QUEUE, "JTASK_BROKER_URI", relayed())) {
            var sending = Thread.ofVirtual()
                    .start(() -> IntStream.range(0, TASKS).forEach(i -> {
                        pause(10);
                        client.send(TaskRequest.of("f.count", "cut-" + i).ignoringResult());
                    }));
            for (int i = 0; i < CUTS; i++) {
                // from the first bytes of an opening to some hundred tasks
                pause(random.nextInt(random.nextInt(4) == 0 ? 300 : 90));
                relay.cut();
            }
            assertThat(sending.join(SOON)).isTrue();

            await().atMost(SOON).until(worker::isReady);
            await().atMost(SOON).until(() -> IntStream.range(0, TASKS).allMatch(i -> tasks.runs("cut-" + i) > 0));
            assertThat(client.send("f.count", "afterwards").get(SOON).asText()).isEqualTo("afterwards");
            assertThat(worker.isAlive()).isTrue();
            await("nothing is left of the connections before")
                    .atMost(SOON)
                    .until(() -> threads("ack-") <= 2 && threads("consumers") == 1 && threads("intake") == 1);
        }
    }

    @Test
    void aConnectionThatIsCutAgainAndAgainWhileItOpensComesThroughInTheEnd() throws Exception {
        try (var worker = Workers.startAny(node, TaskClasses.of(tasks), QUEUE, "JTASK_BROKER_URI", relayed())) {
            for (int i = 0; i < 40; i++) {
                pause(i);
                relay.cut();
            }

            await().atMost(SOON).until(worker::isReady);
            assertThat(client.send("f.count", "through").get(SOON).asText()).isEqualTo("through");
        }
    }

    private String relayed() {
        return "amqp://guest:guest@127.0.0.1:%d".formatted(relay.port());
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .count();
    }

    private static void pause(long millis) {
        try {
            var _ = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
