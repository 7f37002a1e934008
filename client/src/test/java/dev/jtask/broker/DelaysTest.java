package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import dev.jtask.protocol.topology.DelayTopology;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DelaysTest {

    private final FakeConnection connection = new FakeConnection();

    @Test
    void declaresEveryLevelAndTheExit() throws IOException {
        Delays.declare(connection.connection());

        assertThat(DelayTopology.levels()).allSatisfy(level -> {
            assertThat(connection.count("exchangeDeclare", level.name())).isEqualTo(1);
            assertThat(connection.count("queueDeclare", level.name())).isEqualTo(1);
            assertThat(connection.count("exchangeBind", level.below())).isPositive();
        });
        assertThat(connection.count("exchangeDeclare", DelayTopology.EXIT)).isEqualTo(1);
        assertThat(connection.channels).noneMatch(FakeChannel::isOpen);
    }

    @Test
    void bindsAQueueWithItsWholeNameBehindTheDigits() throws IOException {
        Delays.bind(connection.connection(), "eu.orders");

        assertThat(connection.calls).singleElement().satisfies(call -> {
            assertThat(call.what()).isEqualTo("queueBind");
            assertThat(call.arguments().get(1)).isEqualTo(DelayTopology.EXIT);
            assertThat(call.arguments().get(2))
                    .asString()
                    .endsWith("*.eu.orders")
                    .doesNotContain("#");
        });
    }

    @Test
    void aRefusalIsAnIoException() {
        connection.refuse("exchangeDeclare", "celery_delayed_27", Signals.channel(AMQP.ACCESS_REFUSED, "no"));

        assertThatThrownBy(() -> Delays.declare(connection.connection())).isInstanceOf(IOException.class);
    }
}
