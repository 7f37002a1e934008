package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.SignalChannel;
import dev.jtask.protocol.message.SignalMessage;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Who gives a signal, without any worker.
@RabbitMqTest
class SignalIT {

    private final RabbitMqNode node;
    private final String id = UUID.randomUUID().toString();

    SignalIT(RabbitMqNode node) {
        this.node = node;
    }

    @Test
    void theFirstValueCountsAndIsKeptForATaskThatNobodyKnowsYet() throws Exception {
        try (var client = TaskClient.connect(node.amqpUri())) {
            assertThat(client.signal(id, "approval", Map.of("by", "Ada"))).isTrue();
            assertThat(client.signal(id, "approval", Map.of("by", "Bob"))).isFalse();
            assertThat(client.signal(id, "payment", 7)).isTrue();
        }

        try (var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            var channel = connection.createChannel();
            var value = new SignalChannel(channel).look(new SignalPlace(id, "approval"));
            assertThat(value).isPresent();
            assertThat(SignalMessage.isOf(value.get(), id, "approval")).isTrue();
            assertThat(SignalMessage.isOf(value.get(), id, "payment")).isFalse();
            assertThat(SignalMessage.value(value.get()).path("by").asText()).isEqualTo("Ada");
        }
    }

    @Test
    void itGoesOnAfterItsConnectionWasLost() throws Exception {
        try (var client = TaskClient.connect(node.amqpUri())) {
            client.signal(id, "approval", true);
            node.restart();
            assertThat(client.signal(id, "payment", true)).isTrue();
            assertThat(client.signal(id, "approval", true)).as("it was kept").isFalse();
        }
    }

    @Test
    void aMissingRightIsNamedWithTheFix() {
        node.view().send("PUT", "/api/users/mute", "{\"password\": \"mute\", \"tags\": \"\"}");
        node.view()
                .send(
                        "PUT",
                        "/api/permissions/%2F/mute",
                        "{\"configure\": \"^[0-9a-f-]{36}$\", \"write\": \".*\", \"read\": \"^[0-9a-f-]{36}$\"}");
        try (var client = TaskClient.connect("amqp://mute:mute@127.0.0.1:%d".formatted(node.amqpPort()))) {
            assertThatThrownBy(() -> client.signal(id, "approval", true))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("signal 'approval' of task " + id)
                    .hasMessageContaining("let the client's user configure and read jtask\\.signals\\..*");
        }
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        try (var client = TaskClient.connect(node.amqpUri())) {
            assertThatIllegalArgumentException().isThrownBy(() -> client.signal(id, "", true));
        }
    }
}
