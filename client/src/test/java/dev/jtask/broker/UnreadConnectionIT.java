package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.Relay;
import dev.jtask.testing.process.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connections whose other end reads nothing any more while somebody writes, and does not end them either.
@RabbitMqTest
@Timeout(150)
class UnreadConnectionIT {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadConnectionIT.class);
    private static final Duration SOON = Duration.ofSeconds(60);
    /// More than the sockets between take without being read.
    private static final String MEGABYTE = "x".repeat(1 << 20);

    private static final int MANY = 20;

    private final RabbitMqNode node;
    private Relay relay;

    UnreadConnectionIT(RabbitMqNode node) {
        this.node = node;
    }

    @BeforeEach
    void start() throws IOException {
        relay = relay(0);
    }

    @AfterEach
    void stop() throws IOException {
        relay.release();
        relay.close();
    }

    @Test
    void aSendersWriteEndsWithTheHeartbeatsAndAllGoesOverTheNextOne() throws IOException {
        int other = FreePorts.take(1).get(0);
        var uri = "amqp://guest:guest@127.0.0.1:%d,127.0.0.1:%d/?heartbeat=2".formatted(relay.port(), other);
        var sender = Sender.to(BrokerOptions.of(uri));
        try {
            assertThat(sent(sender, "unread")).succeedsWithin(SOON);
            relay.hold();
            var all = IntStream.range(0, MANY)
                    .mapToObj(i -> sent(sender, "unread"))
                    .toList();
            try (var next = relay(other)) {
                assertThat(next.port()).isEqualTo(other);
                assertThat(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)))
                        .succeedsWithin(SOON);
            }
        } finally {
            relay.cut();
            sender.close(Duration.ZERO);
        }
    }

    @Test
    void aSenderIsClosedWithinSecondsAndItsWriteEndsToo() throws IOException {
        var sender = Sender.to(BrokerOptions.of(uri()));
        assertThat(sent(sender, "unread")).succeedsWithin(SOON);
        relay.hold();
        var all = IntStream.range(0, MANY).mapToObj(i -> sent(sender, "unread")).toList();
        await().atMost(SOON).until(() -> String.valueOf(sender.trouble()).contains("reads nothing"));

        assertThat(CompletableFuture.runAsync(() -> sender.close(Duration.ofMillis(100)), Continuations.OWN_THREAD))
                .succeedsWithin(Duration.ofSeconds(30));
        for (var each : all) {
            assertThat(each).failsWithin(SOON);
        }
    }

    @Test
    void whoeverPublishesOnItLearnsThatItIsLost() throws IOException {
        var connection = BrokerConnections.open(BrokerOptions.of(uri()), Duration.ofSeconds(2));
        try {
            var reasons =
                    Stream.generate(CompletableFuture<String>::new).limit(3).toList();
            for (var reason : reasons) {
                var channel = Channels.open(connection);
                Channels.onEnd(channel, cause -> reason.complete(String.valueOf(cause)));
                Continuations.OWN_THREAD.execute(() -> {
                    try {
                        while (true) {
                            channel.basicPublish("", "nowhere", null, MEGABYTE.getBytes(Parcels.TEXT));
                        }
                    } catch (IOException | RuntimeException e) {
                        LOG.debug("its write has ended", e);
                    }
                });
            }
            relay.hold();
            for (var reason : reasons) {
                assertThat(reason).succeedsWithin(SOON).asString().contains("ShutdownSignalException");
            }
        } finally {
            relay.cut();
            BrokerConnections.abort(connection);
        }
    }

    private String uri() {
        return "amqp://guest:guest@127.0.0.1:%d/".formatted(relay.port());
    }

    private static CompletableFuture<?> sent(Sender sender, String queue) {
        return sender.send(Parcels.tasks(queue, MEGABYTE), Patience.ENDLESS);
    }

    private Relay relay(int port) throws IOException {
        return Relay.start(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), node.amqpPort());
    }
}
