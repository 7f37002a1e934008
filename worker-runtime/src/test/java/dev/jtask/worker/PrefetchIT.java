package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.TaskClient;
import dev.jtask.client.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
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
    void oneSecondTasksHoldExactlyOneMessageForEachSlot(RabbitMqNode node) throws IOException {
        assertThat(mostHeld(node, 12, List.of("prefetch-long"))).isEqualTo(4);
    }

    @Test
    void severalQueuesTogetherHoldNoMoreThanOne(RabbitMqNode node) throws IOException {
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
    void noOpTasksRunMuchFasterThanWithOneMessageForEachSlot(RabbitMqNode node) throws IOException {
        double adaptive = rate(node, "prefetch-adaptive", "auto");
        double fixed = rate(node, "prefetch-fixed", "4");
        System.out.printf("no-op tasks per second: adaptive prefetch %.0f, prefetch 4 %.0f%n", adaptive, fixed);
        assertThat(adaptive).isGreaterThan(1.5 * fixed);
    }

    /// The most messages that were unacknowledged at one time while one-second tasks ran.
    private static int mostHeld(RabbitMqNode node, int each, List<String> queues) throws IOException {
        try (var client = TaskClient.connect(node.amqpUri())) {
            for (var queue : queues) {
                client.sendAll(Collections.nCopies(
                        each, TaskRequest.of("t.sleep", 1.0).queue(queue).ignoringResult()));
            }
            var most = new AtomicInteger();
            try (var worker = Workers.start(node, new TestTasks(), String.join(",", queues))) {
                Awaitility.await("a few rounds of tasks").atMost(SOON).until(() -> {
                    int held = 0;
                    for (var line : node.ctl("list_queues", "name", "messages_unacknowledged")
                            .lines()
                            .toList()) {
                        var fields = line.split("\t", -1);
                        held += queues.contains(fields[0]) ? Integer.parseInt(fields[1]) : 0;
                    }
                    most.accumulateAndGet(held, Math::max);
                    return Workers.metrics(worker).contains("outcome=\"succeeded\",task=\"t.sleep\"} 12");
                });
            }
            return most.get();
        }
    }

    private static double rate(RabbitMqNode node, String queue, String prefetch) throws IOException {
        int count = 20_000;
        try (var client = TaskClient.builder(node.amqpUri()).queue(queue).connect()) {
            client.sendAll(
                    Collections.nCopies(count, TaskRequest.of("t.add", 1, 2).ignoringResult()));
            var start = System.nanoTime();
            try (var worker =
                    Workers.start(node, new TestTasks(), queue, "JTASK_CONCURRENCY", "4", "JTASK_PREFETCH", prefetch)) {
                Awaitility.await("all run")
                        .atMost(SOON)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> Workers.metrics(worker).contains("task=\"t.add\"} " + count));
            }
            return count / ((System.nanoTime() - start) / 1e9);
        }
    }
}
