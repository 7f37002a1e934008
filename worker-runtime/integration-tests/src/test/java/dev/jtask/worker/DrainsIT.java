package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.Relay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Drains cost no message a return, and end in time whatever the broker does.
@RabbitMqTest
class DrainsIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final FaultTasks tasks = new FaultTasks();
    private final RabbitMqNode node;

    DrainsIT(RabbitMqNode node) {
        this.node = node;
    }

    /// More than a worker that dies is forgiven, and of the quorum queue the broker drops what comes back four times.
    @Test
    void manyOfThemBlameNobodyAndLoseNothing() throws Exception {
        int each = 20;
        var queues = List.of("drains", "drains-quorum");
        try (var raw = new RawMessages(node);
                var client = TaskClient.connect(node.amqpUri())) {
            raw.declare(queues.get(0), Map.of());
            raw.declare(queues.get(1), Map.of("x-queue-type", "quorum", "x-delivery-limit", 3));
            var handles = new ArrayList<TaskHandle<?>>();
            for (int i = 0; i < each; i++) {
                for (var queue : queues) {
                    handles.add(client.send(TaskRequest.of("f.wait", "waits").queue(queue)));
                }
            }
            for (int drain = 0; drain < 14; drain++) {
                try (var _ = Workers.start(
                        node,
                        tasks,
                        String.join(",", queues),
                        "JTASK_CONCURRENCY",
                        "2",
                        "JTASK_PREFETCH",
                        "100",
                        "JTASK_DRAIN_TIMEOUT",
                        "0s")) {
                    for (var queue : queues) {
                        await("it holds all").atMost(SOON).until(() -> raw.messages(queue) == 0);
                    }
                }
            }
            tasks.gate.countDown();
            try (var _ = Workers.start(node, tasks, String.join(",", queues))) {
                for (var handle : handles) {
                    assertThat(handle.get(SOON)).hasToString("\"waits\"");
                }
            }
            for (var queue : queues) {
                assertThat(node.view().exists(queue + ".dead")).isFalse();
            }
        }
    }

    @Test
    void anIdleWorkerEndsThoughItsBrokerHasFallenSilent() throws Exception {
        try (var relay = relay();
                var worker = Workers.start(
                        node, tasks, "drains-idle", "JTASK_BROKER_URI", through(relay), "JTASK_DRAIN_TIMEOUT", "5s")) {
            relay.hold();
            long began = System.nanoTime();
            worker.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void aSecondStopEndsABusyOneThoughItsBrokerHasFallenSilent() throws Exception {
        try (var relay = relay();
                var client =
                        TaskClient.builder(node.amqpUri()).queue("drains-busy").connect();
                var worker = Workers.start(
                        node, tasks, "drains-busy", "JTASK_BROKER_URI", through(relay), "JTASK_DRAIN_TIMEOUT", "1h")) {
            client.send(TaskRequest.of("f.wait", "busy").ignoringResult());
            await().atMost(SOON).until(() -> tasks.runs("busy") == 1);
            relay.hold();
            var first = Thread.ofPlatform().daemon().start(worker::stop);
            await().atMost(SOON).until(() -> !worker.isReady());
            worker.stop();

            assertThat(first.join(Duration.ofSeconds(30))).isTrue();
        }
    }

    private Relay relay() throws IOException {
        return Relay.start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), node.amqpPort());
    }

    private static String through(Relay relay) {
        return "amqp://guest:guest@127.0.0.1:%d/".formatted(relay.port());
    }
}
