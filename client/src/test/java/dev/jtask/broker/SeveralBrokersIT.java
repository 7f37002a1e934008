package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.schedule.Scheduler;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.Relay;
import dev.jtask.testing.process.FreePorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A URI with several brokers: any that answers will do, whatever is wrong with the others.
@RabbitMqTest
@Timeout(600)
class SeveralBrokersIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RabbitMqNode node;

    SeveralBrokersIT(RabbitMqNode node) {
        this.node = node;
    }

    @Test
    void aBrokerThatIsDownCostsNextToNothing() throws IOException {
        int down = FreePorts.take(1).get(0);
        var uri = "amqp://guest:guest@127.0.0.1:%d,127.0.0.1:%d/".formatted(down, node.amqpPort());

        var start = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            assertThat(portOf(uri)).isEqualTo(node.amqpPort());
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    @Test
    void aBrokerThatAcceptsAndIsSilentHoldsUpForSecondsOnly() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var uri = "amqp://guest:guest@127.0.0.1:%d,127.0.0.1:%d/".formatted(silent.getLocalPort(), node.amqpPort());

            for (int i = 0; i < 3; i++) {
                var start = System.nanoTime();
                assertThat(portOf(uri)).isEqualTo(node.amqpPort());
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            }
        }
    }

    @Test
    void eachOfCelerysListHasItsOwnUserPasswordAndVhost() throws IOException {
        node.users().addVhost("second");
        node.users().add("second", "hunter2");
        node.users().permitIn("second", "second", ".*", ".*", ".*");
        var list =
                "amqp://guest:wrong@127.0.0.1:%1$d//;amqp://second:hunter2@127.0.0.1:%1$d/second;amqp://guest:guest@127.0.0.1:%1$d/nowhere"
                        .formatted(node.amqpPort());

        for (int i = 0; i < 6; i++) {
            try (var connection = BrokerConnections.open(BrokerOptions.of(list))) {
                connection.createChannel().queueDeclare("q", false, true, true, null);
                var vhosts = node.view().get("/api/vhosts/second");
                assertThat(vhosts.path("name").asText()).isEqualTo("second");
            }
            try (var connection = BrokerConnections.openRecovering(BrokerOptions.of(list))) {
                assertThat(connection.isOpen()).isTrue();
            }
        }
    }

    @Test
    void allAreTriedInAnOrderOfChance() throws IOException {
        try (var one = relay();
                var two = relay();
                var three = relay()) {
            var uri = "amqp://guest:guest@127.0.0.1:%d,127.0.0.1:%d,127.0.0.1:%d/"
                    .formatted(one.port(), two.port(), three.port());
            Set<Integer> used = new HashSet<>();
            IntStream.range(0, 30).forEach(i -> used.add(portOf(uri)));

            assertThat(used).containsExactlyInAnyOrder(one.port(), two.port(), three.port());
        }
    }

    @Test
    void theErrorNamesEachBrokerAndWhyAndNoPassword() {
        int down = FreePorts.take(1).get(0);
        var uri =
                "amqp://guest:hunter2@127.0.0.1:%d//;amqp://guest:hunter3@127.0.0.1:%d//;amqp://guest:guest@127.0.0.1:%d/nowhere"
                        .formatted(down, node.amqpPort(), node.amqpPort());

        assertThatThrownBy(() -> TaskClient.connect(uri))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("cannot connect to any of 3 brokers: ")
                .hasMessageContaining("amqp://127.0.0.1:%d: Connection refused".formatted(down))
                .hasMessageContaining("it has no user 'guest' with this password; correct the broker's URI")
                .hasMessageContaining("it has no vhost 'nowhere'; create it (rabbitmqctl add_vhost nowhere)")
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("hunter"));
    }

    @Test
    void aClientGoesToAnotherBrokerWhenItsOwnIsLost() throws IOException {
        try (var one = relay();
                var two = relay()) {
            var uri = "amqp://guest:guest@127.0.0.1:%d,127.0.0.1:%d/".formatted(one.port(), two.port());
            try (var client =
                    TaskClient.builder(uri).queue("moved").publishTimeout(SOON).connect()) {
                client.send("t.any");
                for (var gone : new Relay[] {one, two}) {
                    gone.hold();
                    gone.cut();
                    client.send("t.any");
                    gone.release();
                }
            }
            await().atMost(SOON).until(() -> node.view().messages("moved") == 3);
        }
    }

    @Test
    void aSchedulerStartsWithAnyBrokerThatAnswers() throws IOException {
        int down = FreePorts.take(1).get(0);
        var uri = "amqp://guest:guest@127.0.0.1:%d,127.0.0.1:%d/".formatted(down, node.amqpPort());
        try (var scheduler = Scheduler.builder(uri, "several").start()) {
            await().atMost(SOON).until(scheduler::isAtWork);
        }
    }

    private static int portOf(String uri) {
        try (var connection = BrokerConnections.open(BrokerOptions.of(uri))) {
            return connection.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Relay relay() throws IOException {
        return Relay.start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), node.amqpPort());
    }

    private static String stackTrace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
