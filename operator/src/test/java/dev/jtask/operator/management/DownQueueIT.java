package dev.jtask.operator.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.ManagementDoor;
import dev.jtask.operator.secret.TlsMaterial;
import dev.jtask.testing.RabbitMqCluster;
import dev.jtask.testing.RabbitMqNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a real broker says of a queue while the node that holds it is away.
class DownQueueIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Test
    void aQueueWhoseNodeIsAwayIsThereAndDown() throws Exception {
        try (var cluster = RabbitMqCluster.start(2)) {
            var here = cluster.nodes().get(0);
            var away = cluster.nodes().get(1);
            declare(here, "orders");
            declare(away, "mails");
            var api = HttpManagementApi.open(access(here), TIMEOUT);
            var names = Set.of("orders", "mails");
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(api.read(names))
                            .hasSize(2)
                            .allSatisfy((name, queue) ->
                                    assertThat(queue.down()).as(name).isFalse()));

            away.close();

            await().atMost(TIMEOUT).untilAsserted(() -> {
                var queues = api.read(names);
                assertThat(queues)
                        .containsEntry("mails", QueueSample.unknown("mails").asDown());
                assertThat(queues.get("orders")).extracting(QueueSample::down).isEqualTo(false);
            });
        }
    }

    private static void declare(RabbitMqNode node, String queue) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(node.amqpUri());
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            channel.queueDeclare(queue, true, false, false, Map.of());
        }
    }

    private static BrokerAccess access(RabbitMqNode node) {
        int port = URI.create(node.managementUri()).getPort();
        return new BrokerAccess(
                List.of(new ManagementDoor(URI.create("http://127.0.0.1:" + port), "guest", "guest", "/")),
                TlsMaterial.NONE);
    }
}
