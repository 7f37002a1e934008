package dev.jtask.operator.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import dev.jtask.operator.leadership.Leadership;
import dev.jtask.operator.secret.AmqpAccess;
import dev.jtask.operator.secret.TlsMaterial;
import dev.jtask.protocol.uri.BrokerUri;
import dev.jtask.testing.RabbitMqNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What a real broker answers, whose own figures are older than a busy machine takes to count.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AmqpDepthsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init") // before all
    private RabbitMqNode node;

    private final List<Depths> opened = new ArrayList<>();

    @BeforeAll
    void start(@TempDir Path directory) {
        node = RabbitMqNode.start(directory.resolve("node"), "collect_statistics_interval = 15000");
    }

    @AfterEach
    void closeAll() {
        opened.forEach(Depths::close);
        opened.clear();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void countsWhatWasPublishedAMomentAgoWhileTheManagementStillSaysZero() throws Exception {
        declare("fresh", "classic");
        declare("fresh-quorum", "quorum");
        await().atMost(PATIENCE).until(() -> node.view().messages("fresh") == 0);
        var depths = counting(node.amqpUri(), "fresh");

        onChannel(channel -> {
            publish(channel, "fresh-quorum", 40);
            publish(channel, "fresh", 40);
            assertThat(node.view().messages("fresh")).isZero();
            awaitCount(depths, List.of("fresh", "fresh-quorum"), Map.of("fresh", 40L, "fresh-quorum", 40L));
        });
    }

    @Test
    void countsOnAfterAQueueThatIsNotThereAndOneThatIsSomebodyElses() throws Exception {
        declare("there", "classic");
        var depths = counting(node.amqpUri(), "there");

        onChannel(channel -> {
            channel.queueDeclare("somebodys", false, true, false, null);
            awaitCount(depths, List.of("not-there", "somebodys", "there"), Map.of("there", 0L));
            awaitCount(depths, List.of("not-there", "somebodys", "there"), Map.of("there", 0L));
        });
        // those of the tests before may be on their way out
        await("connections that one counter needs").atMost(PATIENCE).until(() -> connections() == 1);
    }

    @Test
    void countsWhatItMayReadAndIsRefusedWhatItMayNot() throws Exception {
        declare("readable", "classic");
        declare("locked", "classic");
        node.users().add("reader", "secret");
        node.users().permit("reader", "^$", "^$", "^readable$");
        var depths = counting(node.amqpUri().replace("guest:guest", "reader:secret"), "readable");

        // RabbitMQ asks for one of the three permissions from 4.3 on, and for none before
        var expected = isBefore43() ? Map.of("readable", 0L, "locked", 0L) : Map.of("readable", 0L);
        awaitCount(depths, List.of("locked", "readable"), expected);
        awaitCount(depths, List.of("locked", "readable"), expected);
    }

    @Test
    void whoIsNotLetInCountsNothingAndHarmsNobody() {
        var depths = open("amqp://guest:wrong@127.0.0.1:" + node.amqpPort());

        assertThat(depths.count(List.of("any"))).isEmpty();
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> depths.count(List.of("any")).isEmpty());
    }

    @Test
    void takesAnyBrokerOfSeveral() throws Exception {
        declare("several", "classic");
        // port 1 on loopback: nothing listens there
        var depths = open("amqp://guest:guest@127.0.0.1:1,127.0.0.1:" + node.amqpPort());

        await().atMost(PATIENCE).until(() -> depths.count(List.of("several")).containsKey("several"));
    }

    @Test
    void countsAgainWhenTheBrokerIsBack() throws Exception {
        declare("back", "classic");
        var depths = counting(node.amqpUri(), "back");
        onChannel(channel -> channel.basicPublish("", "back", MessageProperties.MINIMAL_PERSISTENT_BASIC, new byte[1]));

        node.stop();
        assertThat(depths.count(List.of("back"))).isEmpty();
        node.resume();

        await().atMost(PATIENCE).until(() -> depths.count(List.of("back")).equals(Map.of("back", 1L)));
    }

    /// Connected, and with an answer for the queue.
    private Depths counting(String uri, String queue) {
        var depths = open(uri);
        await().atMost(PATIENCE).until(() -> depths.count(List.of(queue)).containsKey(queue));
        return depths;
    }

    /// What a busy broker does not answer in time is told at another look.
    private static void awaitCount(Depths depths, List<String> queues, Map<String, Long> expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(depths.count(queues)).isEqualTo(expected));
    }

    private Depths open(String uri) {
        var depths = AmqpDepths.of(
                new AmqpAccess(BrokerUri.list(uri), TlsMaterial.NONE),
                Duration.ofSeconds(4),
                Leadership.ALWAYS,
                Executors.newVirtualThreadPerTaskExecutor(),
                Clock.systemUTC());
        opened.add(depths);
        return depths;
    }

    private boolean isBefore43() {
        var version = node.ctl("version").strip().split("\\.", -1);
        int major = Integer.parseInt(version[0]);
        return major < 4 || (major == 4 && Integer.parseInt(version[1]) < 3);
    }

    private long connections() {
        return node.shell()
                .connections("name", "client_properties")
                .lines()
                .filter(line -> line.contains("jtask-operator"))
                .count();
    }

    private void declare(String queue, String type) throws Exception {
        onChannel(channel -> channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", type)));
    }

    private static void publish(Channel channel, String queue, int messages) throws Exception {
        channel.confirmSelect();
        for (int i = 0; i < messages; i++) {
            // a quorum queue that is new on a busy machine may have no leader yet, and refuses
            do {
                channel.basicPublish(
                        "", queue, MessageProperties.MINIMAL_PERSISTENT_BASIC, "{}".getBytes(StandardCharsets.UTF_8));
            } while (!channel.waitForConfirms(PATIENCE.toMillis()));
        }
    }

    private interface Use {
        void on(Channel channel) throws Exception;
    }

    private void onChannel(Use use) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(node.amqpUri());
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            use.on(channel);
        }
    }
}
