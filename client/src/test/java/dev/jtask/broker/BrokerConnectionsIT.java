package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// On which threads the client calls back.
@RabbitMqTest
@Timeout(300)
class BrokerConnectionsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String CONFIRM = "confirm";
    private static final String DELIVERY = "delivery";
    private static final String CANCEL = "cancel";

    private final RabbitMqNode node;

    BrokerConnectionsIT(RabbitMqNode node) {
        this.node = node;
    }

    @Test
    void consumersAreCalledOnAThreadOfTheirOwn() throws IOException {
        try (var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            var threads = threads(connection);

            assertThat(threads.get(DELIVERY)).isNotEqualTo(threads.get(CONFIRM));
        }
    }

    @Test
    void consumersThatWaitForNothingAreCalledOnTheThreadThatReads() throws IOException {
        try (var connection = BrokerConnections.openDirect(BrokerOptions.of(node.amqpUri()))) {
            var threads = threads(connection);

            assertThat(threads.get(DELIVERY)).isEqualTo(threads.get(CONFIRM)).isEqualTo(threads.get(CANCEL));
        }
    }

    @Test
    void aConsumerThatFailsLosesItsChannelAndHoldsUpNobody() throws IOException {
        try (var connection = BrokerConnections.openDirect(BrokerOptions.of(node.amqpUri()))) {
            var channel = connection.createChannel();
            var queue = channel.queueDeclare().getQueue();
            var mayWait = new CompletableFuture<Boolean>();
            channel.addShutdownListener(cause -> mayWait.complete(BrokerThread.mayWait()));
            channel.basicConsume(queue, true, new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(
                        String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                    throw new IllegalStateException("cannot be taken");
                }
            });
            channel.basicPublish("", queue, null, new byte[0]);

            assertThat(mayWait).succeedsWithin(SOON).isEqualTo(true);
            assertThat(connection.createChannel().isOpen()).isTrue();
        }
    }

    /// Who calls back, by what is told.
    private static Map<String, Thread> threads(Connection connection) throws IOException {
        var threads = new ConcurrentHashMap<String, Thread>();
        var channel = connection.createChannel();
        var queue = channel.queueDeclare().getQueue();
        channel.addConfirmListener(
                (tag, multiple) -> threads.put(CONFIRM, Thread.currentThread()), (tag, multiple) -> {});
        channel.confirmSelect();
        var consumer = channel.basicConsume(queue, true, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(
                    String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                threads.put(DELIVERY, Thread.currentThread());
            }

            @Override
            public void handleCancelOk(String consumerTag) {
                threads.put(CANCEL, Thread.currentThread());
            }
        });
        channel.basicPublish("", queue, null, new byte[0]);
        await().atMost(SOON).until(() -> threads.keySet().containsAll(List.of(CONFIRM, DELIVERY)));
        channel.basicCancel(consumer);
        await().atMost(SOON).until(() -> threads.containsKey(CANCEL));
        return threads;
    }
}
