package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.testing.RabbitMqNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Queues that come and go leave nothing behind: no channel, no thread, no consumer.
class RemovedQueuesIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int QUEUES = Integer.getInteger("jtask.test.removedQueues", 100);
    private static final String QUEUE = "lasting";

    @Test
    void leaveNeitherChannelNorThread() throws Exception {
        try (var node = RabbitMqNode.start();
                var worker = Workers.start(node, new TestTasks(), QUEUE);
                var client = TaskClient.builder(node.amqpUri()).queue(QUEUE).connect()) {
            var control = client.workers().on("test@" + QUEUE).within(SOON);
            assertThat(client.send("t.echo", 1).get(SOON).asInt()).isEqualTo(1);
            assertThat(control.addConsumer("passing")).isNotEmpty();
            assertThat(control.cancelConsumer("passing")).isNotEmpty();
            await("the first one is gone").atMost(SOON).until(() -> acknowledging() <= 2);
            long channels = channels(node);
            long threads = acknowledging();

            for (int i = 0; i < QUEUES; i++) {
                control.addConsumer("passing-" + i);
                control.cancelConsumer("passing-" + i);
            }

            await("as many channels as before").atMost(SOON).until(() -> channels(node) <= channels);
            await("as many threads as before").atMost(SOON).until(() -> acknowledging() <= threads);
            assertThat(worker.isReady()).isTrue();
        }
    }

    private static long channels(RabbitMqNode node) {
        return Long.parseLong(node.shell().eval("length(rabbit_channel:list())"));
    }

    private static long acknowledging() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ack-"))
                .count();
    }
}
