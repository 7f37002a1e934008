package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.client.TaskClient;
import dev.jtask.protocol.topology.DelayTopology;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Delays wait in the broker and come out at their queue, and nowhere else.
@RabbitMqTest
class DelaysIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RabbitMqNode node;

    DelaysIT(RabbitMqNode node) {
        this.node = node;
    }

    @Test
    void aDelayForALongerNameIsNotDeliveredToTheShorterOne() throws Exception {
        var tasks = new FaultTasks();
        try (var shorter = Workers.start(node, tasks, "delays");
                var longer = Workers.start(node, tasks, "eu.delays");
                var longest = Workers.start(node, tasks, "eu.west.delays");
                var client = TaskClient.connect(node.amqpUri())) {
            for (var queue : new String[] {"delays", "eu.delays", "eu.west.delays"}) {
                var request = TaskRequest.of("f.retry", "at " + queue, 1.1).queue(queue);
                assertThat(client.send(request).get(SOON).intValue()).isEqualTo(2);
                assertThat(tasks.runs("at " + queue)).isEqualTo(2);
                var counted =
                        TaskRequest.of("f.count", "down " + queue).queue(queue).countdown(Duration.ofMillis(1_200));
                client.send(counted).get(SOON);
            }
            // whatever had been copied would have run by now: all copies come out together
            for (var queue : new String[] {"delays", "eu.delays", "eu.west.delays"}) {
                assertThat(tasks.runs("down " + queue)).isEqualTo(1);
            }
            assertThat(tasks.queues()).hasSize(9);
            assertThat(tasks.queues().stream().filter("delays"::equals)).hasSize(3);
            assertThat(shorter.isReady() && longer.isReady() && longest.isReady())
                    .isTrue();
        }
    }

    /// As Python's Celery 5.5 sends with quorum queues: it publishes into the delays and trusts the worker's binding.
    @Test
    void aDelayedMessageOfAPythonClientReachesAWorkerThatNeverDelayedAnything() throws Exception {
        var tasks = new FaultTasks();
        try (var worker = Workers.start(node, tasks, "delays-python", "JTASK_CONCURRENCY", "1");
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            await().atMost(SOON).until(() -> node.view().exists("celery_delayed_0"));
            await().atMost(SOON)
                    .until(() -> node.view()
                                    .get("/api/bindings/%2F/e/celery_delayed_delivery/q/delays-python")
                                    .size()
                            > 0);
            var route = DelayTopology.route("delays-python", Duration.ofSeconds(2));
            connection
                    .createChannel()
                    .basicPublish(
                            route.exchange(),
                            route.routingKey(),
                            true,
                            new BasicProperties.Builder()
                                    .contentType("application/json")
                                    .deliveryMode(2)
                                    .headers(Map.of("task", "f.count", "id", "python-1"))
                                    .build(),
                            "[[\"python\"], {}, {}]".getBytes(StandardCharsets.UTF_8));

            await().atMost(SOON).until(() -> tasks.runs("python") == 1);
            assertThat(worker.isReady()).isTrue();
        }
    }

    @Test
    void aTaskThatIsDueRunsThoughMoreWaitBeforeItThanAWorkerHolds() throws Exception {
        int waiting = 3_000;
        var tasks = new FaultTasks();
        try (var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()));
                var client =
                        TaskClient.builder(node.amqpUri()).queue("delays-crowd").connect()) {
            var channel = connection.createChannel();
            channel.queueDeclare("delays-crowd", true, false, false, Map.of());
            var eta = Instant.now().plus(Duration.ofHours(1)).toString();
            for (int i = 0; i < waiting; i++) {
                var properties = new BasicProperties.Builder()
                        .contentType("application/json")
                        .headers(Map.of("task", "f.count", "id", "waits-" + i, "eta", eta))
                        .build();
                channel.basicPublish(
                        "", "delays-crowd", properties, "[[\"waits\"], {}, {}]".getBytes(StandardCharsets.UTF_8));
            }
            await().atMost(SOON).until(() -> channel.messageCount("delays-crowd") == waiting);
            var due = client.send("f.count", "due");
            try (var worker = Workers.start(node, tasks, "delays-crowd", "JTASK_CONCURRENCY", "2")) {
                assertThat(due.get(SOON).asText()).isEqualTo("due");
                await("all others wait in the broker")
                        .atMost(SOON)
                        .until(() -> node.view().messages("celery_delayed_11") >= waiting);
                await().atMost(SOON).until(() -> Workers.sum(worker, "jtask_worker_busy_slots") == 0);
            }
            assertThat(tasks.runs("waits")).isZero();
            assertThat(channel.messageCount("delays-crowd")).isZero();
            channel.queuePurge("celery_delayed_11");
        }
    }
}
