package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.PublishException;
import dev.jtask.broker.PublishNotConfirmedException;
import dev.jtask.broker.PublishRefusedException;
import dev.jtask.broker.UnroutableException;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.PublishRetry;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.Relay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where a message goes, whether an answer comes back, and what happens to one whose connection is lost.
@RabbitMqTest
class SendingIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RabbitMqNode node;
    private Connection connection;

    SendingIT(RabbitMqNode node) {
        this.node = node;
    }

    @BeforeEach
    void connect() throws IOException {
        connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()));
    }

    @AfterEach
    void disconnect() {
        connection.abort();
    }

    @Test
    void anExchangeRoutesByKey() throws IOException {
        bind("orders", BuiltinExchangeType.TOPIC, "eu.#", "eu-orders");
        try (var client = client("elsewhere")) {
            client.send(TaskRequest.of("t.any", 1).route("orders", "eu.new"));

            assertThat(message("eu-orders").getEnvelope().getExchange()).isEqualTo("orders");
        }
    }

    @Test
    void aKeyThatAnExchangeRoutesNowhereIsAnError() throws IOException {
        bind("strict", BuiltinExchangeType.DIRECT, "known", "strict-queue");
        try (var client = client("elsewhere")) {
            assertThatThrownBy(() -> client.send(TaskRequest.of("t.any").route("strict", "unknown")))
                    .isInstanceOf(UnroutableException.class)
                    .hasMessageContaining("exchange 'strict' routes 'unknown' to no queue");
        }
    }

    @Test
    void anExchangeThatIsNotThereIsAnErrorAndNoOtherMessageIsLost() throws IOException {
        try (var client = client("undisturbed")) {
            var others = IntStream.range(0, 100)
                    .mapToObj(i -> client.sendAsync(TaskRequest.of("t.any", i)))
                    .toList();

            assertThatThrownBy(() -> client.send(TaskRequest.of("t.any").route("missing", "key")))
                    .isInstanceOf(PublishRefusedException.class)
                    .hasMessageContaining("exchange 'missing'")
                    .hasMessageContaining("declare it and bind a queue");
            assertThat(others).allSatisfy(sent -> assertThat(sent).succeedsWithin(SOON));
            assertThat(ready("undisturbed")).isEqualTo(100);
        }
    }

    @Test
    void withoutAReplyTheWorkerIsToldNoAddress() throws IOException {
        try (var client = client("unanswered")) {
            var handle = client.send(TaskRequest.of("t.any").withoutReply());

            var headers = message("unanswered").getProps();
            assertThat(headers.getReplyTo()).isNullOrEmpty();
            assertThat(AmqpMessages.headers(headers).get("ignore_result")).isEqualTo(false);
            assertThatThrownBy(() -> handle.get(SOON)).hasMessageContaining("was sent without a reply");
        }
    }

    @Test
    void theTasksOfAGroupShareTheIdOfItsHandle() throws IOException {
        try (var client = client("grouped")) {
            var handle = client.send(Group.of(
                    TaskRequest.of("t.one").returning(JsonNode.class),
                    Chain.of(TaskRequest.of("t.first"))
                            .then(TaskRequest.of("t.last").returning(JsonNode.class))));

            assertThat(AmqpMessages.headers(message("grouped").getProps()).get("group"))
                    .hasToString(handle.id());
            assertThat(new String(message("grouped").getBody(), StandardCharsets.UTF_8))
                    .contains("\"group_id\":\"%s\"".formatted(handle.id()));
        }
    }

    @Test
    void aMessageWhoseConnectionIsLostIsSentAgain() throws Exception {
        try (var client = client("patient")) {
            client.send("t.any", 0);
            node.shell().closeConnections();

            client.send("t.any", 1);
        }
        connect();
        assertThat(ready("patient")).isBetween(2, 3);
    }

    @Test
    void aBrokerThatRestartsGetsEverythingThatWasPromised() throws Exception {
        try (var client = TaskClient.builder(node.amqpUri())
                .queue("restarted")
                .publishTimeout(Duration.ofMinutes(3))
                .connect()) {
            var restart = new Thread(node::restart);
            restart.start();
            int sent = 0;
            do {
                client.send("t.any", sent++);
            } while (restart.isAlive());
            client.send("t.any", sent++);

            connect();
            assertThat(ready("restarted")).isGreaterThanOrEqualTo(sent);
        }
    }

    @Test
    void withoutRetriesALostConnectionIsAnErrorThatNamesTheQueue() throws Exception {
        // whose door is shut for good: by the end of a command of the broker's the client may be back
        var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (var relay = Relay.start(door, node.amqpPort());
                var client = TaskClient.builder("amqp://guest:guest@127.0.0.1:" + relay.port())
                        .queue("impatient")
                        .connect()) {
            client.send("t.any", 0);
            door.close();
            relay.cut();

            assertThatThrownBy(() -> client.send(TaskRequest.of("t.any", 1).publishRetry(PublishRetry.NONE)))
                    .isInstanceOf(PublishNotConfirmedException.class)
                    .hasMessageContaining("'impatient'");
        }
    }

    @Test
    void whileTheBrokerBlocksPublishersMessagesWaitAndThenGo() throws Exception {
        // as long as rabbitmqctl may take twice on a busy machine
        try (var client = TaskClient.builder(node.amqpUri())
                .queue("waiting")
                .publishTimeout(SOON)
                .connect()) {
            client.send("t.any", 0);
            node.shell().limitMemory(0.0001);
            // the alarm reaches a connection with its next publish
            var first = client.sendAsync(TaskRequest.of("t.any", 1));
            var others = IntStream.range(2, 500)
                    .mapToObj(i -> client.sendAsync(TaskRequest.of("t.any", i)))
                    .toList();
            node.shell().limitMemory(0.6);

            assertThat(first).succeedsWithin(SOON);
            assertThat(others).allSatisfy(sent -> assertThat(sent).succeedsWithin(SOON));
            assertThat(ready("waiting")).isEqualTo(500);
        } finally {
            node.shell().limitMemory(0.6);
        }
    }

    @Test
    void aBlockedBrokerIsAnErrorThatSaysSoInTime() throws Exception {
        try (var client = TaskClient.builder(node.amqpUri())
                .queue("stuck")
                .publishTimeout(Duration.ofSeconds(1))
                .connect()) {
            // which is little for a new queue on a busy machine
            await().atMost(SOON)
                    .ignoreExceptionsInstanceOf(PublishException.class)
                    .until(() -> client.send("t.any", 0) != null);
            node.shell().limitMemory(0.0001);
            try {
                await().atMost(SOON)
                        .untilAsserted(() -> assertThatThrownBy(
                                        () -> client.sendAsync(TaskRequest.of("t.any", "x".repeat(1_000_000)))
                                                .get())
                                .isInstanceOf(ExecutionException.class)
                                .hasMessageContaining("'stuck'")
                                .hasMessageContaining("the broker blocks publishers"));
            } finally {
                node.shell().limitMemory(0.6);
            }
        }
    }

    private TaskClient client(String queue) {
        return TaskClient.builder(node.amqpUri()).queue(queue).connect();
    }

    private void bind(String exchange, BuiltinExchangeType type, String key, String queue) throws IOException {
        var channel = connection.createChannel();
        channel.exchangeDeclare(exchange, type);
        channel.queueDeclare(queue, true, false, false, Map.of());
        channel.queueBind(queue, exchange, key);
        channel.abort();
    }

    private GetResponse message(String queue) throws IOException {
        return connection.createChannel().basicGet(queue, true);
    }

    private int ready(String queue) throws IOException {
        return connection.createChannel().queueDeclarePassive(queue).getMessageCount();
    }
}
