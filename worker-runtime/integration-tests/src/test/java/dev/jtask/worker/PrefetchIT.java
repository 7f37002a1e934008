package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.client.TaskClient;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@RabbitMqTest
class PrefetchIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void oneSecondTasksHoldExactlyOneMessageForEachSlot(RabbitMqNode node) throws Exception {
        assertThat(mostHeld(node, 12, List.of("prefetch-long"))).isEqualTo(4);
    }

    @Test
    void severalQueuesTogetherHoldNoMoreThanOne(RabbitMqNode node) throws Exception {
        assertThat(mostHeld(node, 12, List.of("prefetch-a", "prefetch-b", "prefetch-c")))
                .isEqualTo(4);
    }

    @Test
    void theOnlyQueueWithWorkGetsEverySlot(RabbitMqNode node) throws IOException {
        var tasks = new TestTasks();
        try (var worker = Workers.start(node, tasks, "prefetch-idle-1,prefetch-busy,prefetch-idle-2");
                var client = TaskClient.builder(node.amqpUri())
                        .queue("prefetch-busy")
                        .connect()) {
            for (int i = 0; i < 6; i++) {
                client.send("t.wait");
            }
            Awaitility.await("all four slots").atMost(SOON).until(() -> tasks.waiting.get() == 4);
            tasks.gate.countDown();
            Awaitility.await("the rest").atMost(SOON).until(() -> tasks.waiting.get() == 6);
            assertThat(worker.isReady()).isTrue();
        }
    }

    @Test
    void shortTasksMakeTheWindowGrowSoThatTheRoundTripIsHidden(RabbitMqNode node) throws IOException {
        try (var client = TaskClient.builder(node.amqpUri())
                        .queue("prefetch-short")
                        .connect();
                var worker = Workers.start(node, new TestTasks(), "prefetch-short")) {
            assertThat(prefetch(worker)).isEqualTo(4);
            client.sendAll(
                    Collections.nCopies(20_000, TaskRequest.of("t.add", 1, 2).ignoringResult()));

            Awaitility.await("a window of many times the slots")
                    .atMost(SOON)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> prefetch(worker) >= 16);
        }
    }

    private static double prefetch(WorkerProgram worker) throws IOException {
        return Workers.metrics(worker)
                .lines()
                .filter(line -> line.startsWith("jtask_worker_prefetch "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    /// The most messages that the worker held at one time while it ran two rounds of one-second tasks and more waited:
    /// what was sent less what is ready, read first, and less what is done.
    private static int mostHeld(RabbitMqNode node, int each, List<String> queues) throws Exception {
        int sent = each * queues.size();
        try (var client = TaskClient.connect(node.amqpUri());
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()));
                var channel = connection.createChannel()) {
            for (var queue : queues) {
                client.sendAll(Collections.nCopies(
                        each, TaskRequest.of("t.sleep", 1.0).queue(queue).ignoringResult()));
            }
            var most = new AtomicInteger();
            try (var worker = Workers.start(node, new TestTasks(), String.join(",", queues))) {
                Awaitility.await("two rounds of tasks")
                        .atMost(SOON)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> {
                            int ready = 0;
                            for (var queue : queues) {
                                ready += channel.queueDeclarePassive(queue).getMessageCount();
                            }
                            var done = succeeded(worker);
                            most.accumulateAndGet(sent - ready - done, Math::max);
                            return done >= 8;
                        });
            }
            return most.get();
        }
    }

    private static int succeeded(WorkerProgram worker) throws IOException {
        var mark = "outcome=\"succeeded\",task=\"t.sleep\"} ";
        return Workers.metrics(worker)
                .lines()
                .filter(line -> line.startsWith("jtask_worker_tasks_seconds_count") && line.contains(mark))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
