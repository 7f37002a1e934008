package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Continuations;
import dev.jtask.broker.PublishRefusedException;
import dev.jtask.broker.UnroutableException;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One message that is wrong, or one caller that is, must not spoil a client for all the others.
@RabbitMqTest
@Timeout(300)
class ClientFaultsIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    /// For 4,000 threads, however busy the machine is.
    private static final Duration PLENTY = Duration.ofMinutes(3);

    private final RabbitMqNode node;
    private Connection connection;

    ClientFaultsIT(RabbitMqNode node) {
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
    void headersThatAmqpCannotCarryAreAnErrorAndTheNextConfirmsAreRight() throws IOException {
        try (var client = client("headed")) {
            // each of them can be sent, and so can all texts, but not with so many numbers
            var wrong = TaskRequest.of("t.any")
                    .header("much", "x".repeat(60_000))
                    .header("more", "x".repeat(39_000))
                    .header("numbers", Collections.nCopies(4_000, Long.MAX_VALUE));
            assertThatThrownBy(() -> client.send(wrong))
                    .isInstanceOf(PublishRefusedException.class)
                    .hasMessageContaining("'headed'")
                    .hasMessageContaining("headers exceeded max frame size");

            IntStream.range(0, 10).forEach(i -> client.send("t.any", i));
            assertThat(ready("headed")).isEqualTo(10);
        }
    }

    @Test
    void anExchangeThatIsDeletedLaterIsAnErrorAndOthersGoOn() throws IOException {
        var channel = connection.createChannel();
        channel.exchangeDeclare("passing", BuiltinExchangeType.FANOUT);
        channel.queueDeclare("passed", true, false, false, Map.of());
        channel.queueBind("passed", "passing", "");
        try (var client = client("lasting")) {
            var request = TaskRequest.of("t.any").route("passing", "");
            client.send(request);
            channel.exchangeDelete("passing");

            assertThatThrownBy(() -> client.send(request))
                    .isInstanceOf(PublishRefusedException.class)
                    .hasMessageContaining("exchange 'passing'");
            client.send("t.any");
            assertThat(ready("lasting")).isEqualTo(1);
        }
    }

    @Test
    void aQueueThatWasDeletedIsAnErrorOnceAndThenDeclaredAnew() throws IOException {
        try (var client = client("reborn")) {
            client.send("t.any");
            connection.createChannel().queueDelete("reborn");

            assertThatThrownBy(() -> client.send("t.any")).isInstanceOf(UnroutableException.class);
            client.send("t.any");
            assertThat(ready("reborn")).isEqualTo(1);
        }
    }

    @Test
    void whatFollowsASendMaySendAgain() {
        try (var client = client("followed")) {
            assertThat(client.sendAsync(TaskRequest.of("t.any", 1)).thenApply(first -> client.send("t.any", 2)))
                    .succeedsWithin(SOON);
        }
    }

    @Test
    void aCloseWaitsForWhatIsBeingSent() throws IOException {
        CompletableFuture<?> sent;
        try (var client = client("closing")) {
            sent = CompletableFuture.allOf(IntStream.range(0, 500)
                    .mapToObj(i -> client.sendAsync(TaskRequest.of("t.any", i)))
                    .toArray(CompletableFuture[]::new));
        }
        assertThat(sent).succeedsWithin(SOON);
        assertThat(ready("closing")).isEqualTo(500);
    }

    @Test
    void aClosedClientSaysSoAtOnceAndMayBeClosedAgain() {
        var client = client("shut");
        client.close();
        client.close();

        assertThatThrownBy(() -> client.send("t.any"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the client is closed");
        assertThatThrownBy(() -> client.workers().ping()).hasMessageContaining("the connection is closed");
        assertThatThrownBy(() -> client.deadLetters("shut").list()).hasMessageContaining("the connection is closed");
    }

    @Test
    void anErrorShowsTheLineThatSent() {
        try (var client = client("traced")) {
            client.send("t.any");
            assertThatThrownBy(() -> {
                        connection.createChannel().queueDelete("traced");
                        client.send("t.any");
                    })
                    .satisfies(failure -> assertThat(failure.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().startsWith(ClientFaultsIT.class.getName())));
        }
    }

    @Test
    void moreThreadsThanChannelsMayMeetNewQueues() throws Exception {
        try (var client = TaskClient.builder(node.amqpUri())
                .queue("unused")
                .publishTimeout(PLENTY)
                .connect()) {
            var sent = IntStream.range(0, 4_000)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> client.send(TaskRequest.of("t.any", i).queue("new-" + i % 20)),
                            Continuations.OWN_THREAD))
                    .toArray(CompletableFuture[]::new);

            assertThat(CompletableFuture.allOf(sent)).succeedsWithin(PLENTY);
            assertThat(ready("new-7")).isEqualTo(200);
        }
    }

    private TaskClient client(String queue) {
        return TaskClient.builder(node.amqpUri()).queue(queue).connect();
    }

    private int ready(String queue) throws IOException {
        var channel = connection.createChannel();
        try {
            return channel.queueDeclarePassive(queue).getMessageCount();
        } finally {
            channel.abort();
        }
    }
}
