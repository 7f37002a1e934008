package dev.jtask.operator.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import dev.jtask.operator.management.QueueDeclaration.Binding;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.ManagementDoor;
import dev.jtask.operator.secret.TlsMaterial;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a real broker answers. A queue that is seen empty may hold a confirmed message a moment later, so that the last
/// word on deleting it is the broker's.
@RabbitMqTest
class HttpManagementApiIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final RabbitMqNode node;
    private final ManagementApi api;

    HttpManagementApiIT(RabbitMqNode node) {
        this.node = node;
        this.api = HttpManagementApi.open(access("127.0.0.1"), TIMEOUT);
    }

    private BrokerAccess access(String host) {
        int port = URI.create(node.managementUri()).getPort();
        return new BrokerAccess(
                List.of(new ManagementDoor(URI.create("http://%s:%d".formatted(host, port)), "guest", "guest", "/")),
                TlsMaterial.NONE);
    }

    @Test
    void callsItselfTheSameAtEachOfItsAddresses() {
        assertThat(ClusterName.of(access("127.0.0.1"), TIMEOUT, new HttpClients(TIMEOUT)))
                .isPresent()
                .isEqualTo(ClusterName.of(access("localhost"), TIMEOUT, new HttpClients(TIMEOUT)));
    }

    @Test
    void deletesAnEmptyClassicQueueThatNobodyUses() {
        declare("classic", "unused");

        assertThat(api.deleteIfUnused("unused")).isEqualTo(QueueDeletion.DONE);

        assertThat(node.view().exists("unused")).isFalse();
        assertThat(api.deleteIfUnused("unused")).as("a queue that is gone").isEqualTo(QueueDeletion.DONE);
    }

    @Test
    void keepsTheMessageThatNoFigureShowsYet() throws Exception {
        declare("classic", "raced");

        onChannel(channel -> {
            channel.confirmSelect();
            channel.basicPublish("", "raced", null, new byte[] {1});
            channel.waitForConfirmsOrDie(60_000);

            assertThat(api.deleteIfUnused("raced")).isEqualTo(QueueDeletion.IN_USE);
            assertThat(channel.queueDeclarePassive("raced").getMessageCount()).isEqualTo(1);
        });
    }

    @Test
    void keepsAQueueThatSomebodyConsumesFrom() throws Exception {
        declare("classic", "consumed");

        onChannel(channel -> {
            channel.basicConsume("consumed", false, (tag, message) -> {}, tag -> {});

            assertThat(api.deleteIfUnused("consumed")).isEqualTo(QueueDeletion.IN_USE);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"quorum", "stream"})
    void keepsAQueueThatTheBrokerWouldDeleteWithItsMessages(String type) {
        declare(type, "no-condition-" + type);

        assertThat(api.deleteIfUnused("no-condition-" + type)).isEqualTo(QueueDeletion.UNSUPPORTED);

        assertThat(node.view().exists("no-condition-" + type)).isTrue();
    }

    @Test
    void aRefusalToCreateAQueueHasTheBrokersWords() {
        declare("classic", "there");

        assertThatThrownBy(() -> declare("quorum", "there"))
                .hasMessageContaining("refused to create queue there (HTTP 400: ")
                .hasMessageContaining("x-queue-type");
    }

    @Test
    void readsWhatItDeclared() {
        api.declare(new QueueDeclaration("declared", Map.of("x-queue-type", "classic"), Binding.OWN_EXCHANGE));

        assertThat(api.read(Set.of("declared", "absent"))).containsOnlyKeys("declared");
    }

    @Test
    void bindsAQueueToAnExchangeOfItsNameAsOftenAsItIsAsked() throws Exception {
        declare("classic", "bound");

        api.bind("bound");
        api.bind("bound");

        onChannel(channel -> {
            channel.confirmSelect();
            channel.basicPublish("bound", "bound", null, new byte[] {1});
            channel.waitForConfirmsOrDie(60_000);
            assertThat(channel.queueDeclarePassive("bound").getMessageCount()).isEqualTo(1);
        });
        assertThatThrownBy(() -> api.bind("none"))
                .isInstanceOf(ManagementException.class)
                .hasMessageContaining("has no queue none to bind");
    }

    private void declare(String type, String name) {
        api.declare(new QueueDeclaration(name, Map.of("x-queue-type", type), Binding.NONE));
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
