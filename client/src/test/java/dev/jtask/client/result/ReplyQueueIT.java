package dev.jtask.client.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.client.TaskClient;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.result.ResultCodec;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.Relay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Results find their way back, also to a client that has lost its connection.
@RabbitMqTest
class ReplyQueueIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private record Order(String article, int pieces) {}

    private final RabbitMqNode node;

    ReplyQueueIT(RabbitMqNode node) {
        this.node = node;
    }

    @Test
    void aListOfRecordsComesBackAsSuch() throws IOException {
        try (var client = client("listed");
                var worker = connection()) {
            var handle = client.send(TaskRequest.of("t.orders").returning(new TypeReference<List<Order>>() {}));
            var json = TypedJson.mapper().valueToTree(List.of(new Order("A-7", 3)));
            answer(worker, replyTo(worker, "listed"), ResultMessage.success(handle.id(), json));

            assertThat(handle.get(SOON)).containsExactly(new Order("A-7", 3));
        }
    }

    @Test
    void aReplyQueueThatIsDeletedComesBackUnderItsName() throws Exception {
        try (var client = client("deleted")) {
            var replyTo = deletedTwice(client);

            node.shell().closeConnections();
            await("it outlives its connection").atMost(SOON).ignoreExceptions().until(() -> {
                var later = client.send(TaskRequest.of("t.any").returning(Integer.class));
                try (var other = connection()) {
                    answer(other, replyTo, three(later.id()));
                }
                return later.await(Duration.ofMillis(200));
            });
        }
    }

    private String deletedTwice(TaskClient client) throws IOException {
        try (var worker = connection()) {
            var before = client.send(TaskRequest.of("t.any").returning(Integer.class));
            var replyTo = replyTo(worker, "deleted");
            for (int time = 0; time < 2; time++) {
                assertThat(node.ctl("delete_queue", replyTo)).contains("deleted");
                var after = client.send(TaskRequest.of("t.any").returning(Integer.class));

                await().atMost(SOON).until(() -> {
                    answer(worker, replyTo, three(after.id()));
                    return after.await(Duration.ofMillis(100));
                });
                assertThat(after.get(SOON)).isEqualTo(3);
            }
            answer(worker, replyTo, three(before.id()));
            assertThat(before.get(SOON)).as("of a task under way").isEqualTo(3);
            return replyTo;
        }
    }

    private static ResultMessage three(String id) {
        return ResultMessage.success(id, TypedJson.mapper().valueToTree(3));
    }

    @Test
    void aReplyQueueThatTheBrokerHoldsForTheLostConnectionIsWaitedFor() throws Exception {
        try (var relay = Relay.start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), node.amqpPort());
                var client = TaskClient.builder("amqp://guest:guest@127.0.0.1:" + relay.port())
                        .queue("locked")
                        .connect()) {
            client.send("t.any");
            var replyTo = replyTo(connection(), "locked");
            // as a broker does that has not missed the dead connection's heartbeats yet
            relay.hold();
            relay.cut();
            try (var held = hold(replyTo)) {
                assertThat(held.isOpen()).isTrue();
                relay.release();
                // the connection is back, its reply queue is not
                client.send("t.any");
            }
            var handle = client.send(TaskRequest.of("t.any").returning(Integer.class));

            await().atMost(SOON).ignoreExceptions().until(() -> {
                try (var worker = connection()) {
                    answer(
                            worker,
                            replyTo,
                            ResultMessage.success(
                                    handle.id(), TypedJson.mapper().valueToTree(3)));
                }
                return handle.await(Duration.ofMillis(200));
            });
            assertThat(handle.get(SOON)).isEqualTo(3);
        }
    }

    /// Tries until the queue is free, which it is from the loss of its connection to its recovery.
    private Connection hold(String queue) {
        while (true) {
            try {
                var connection = connection();
                try {
                    connection.createChannel().queueDeclare(queue, false, true, true, Map.of());
                    return connection;
                } catch (IOException | AlreadyClosedException e) {
                    connection.abort();
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("cannot connect");
            }
        }
    }

    private static String replyTo(Connection connection, String queue) throws IOException {
        return connection.createChannel().basicGet(queue, true).getProps().getReplyTo();
    }

    private static void answer(Connection connection, String queue, ResultMessage result) throws IOException {
        var message = ResultCodec.encode(result, result.taskId());
        connection
                .createChannel()
                .basicPublish(
                        "", queue, AmqpMessages.toAmqp(message.properties()).build(), message.body());
    }

    private TaskClient client(String queue) {
        return TaskClient.builder(node.amqpUri()).queue(queue).connect();
    }

    private Connection connection() throws IOException {
        return BrokerConnections.open(BrokerOptions.of(node.amqpUri()));
    }
}
