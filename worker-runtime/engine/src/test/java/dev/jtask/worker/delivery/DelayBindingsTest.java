package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DelayBindingsTest {

    private final FakeConnection connection = new FakeConnection();
    private final Consumers consumers = connection.consumers();
    private final DelayBindings bindings = new DelayBindings(connection.connection());

    @AfterEach
    void stop() {
        consumers.stop();
    }

    @Test
    void declaresTheTopologyOnceAndBindsEachQueue() throws IOException {
        consumers.mend(List.of("orders", "eu.orders"));
        bindings.look(consumers.taking());
        bindings.look(consumers.taking());

        assertThat(connection.count("exchangeDeclare", "celery_delayed_27")).isEqualTo(1);
        assertThat(connection.count("queueBind", "orders")).isEqualTo(1);
        assertThat(connection.count("queueBind", "eu.orders")).isEqualTo(1);
    }

    @Test
    void bindsAQueueThatWasDeclaredAnew() throws IOException {
        consumers.mend(List.of("orders", "other"));
        bindings.look(consumers.taking());
        consumers.adjust(consumers.taking().getFirst(), 1);
        connection.consuming().cancelConsumers();
        consumers.mend(List.of("orders", "other"));
        bindings.look(consumers.taking());

        assertThat(connection.count("queueBind", "orders")).isEqualTo(2);
        assertThat(connection.count("queueBind", "other")).isEqualTo(1);
    }

    @Test
    void aQueueThatIsAddedLaterIsBoundThen() throws IOException {
        consumers.mend(List.of("a"));
        bindings.look(consumers.taking());
        consumers.mend(List.of("a", "b"));
        bindings.look(consumers.taking());

        assertThat(connection.count("queueBind", "b")).isEqualTo(1);
    }

    @Test
    void aRefusalHarmsNothingAndIsNotRepeatedAtEachLook() throws IOException {
        connection.refuse("exchangeDeclare", "celery_delayed_27", Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));
        consumers.mend(List.of("a"));
        for (int i = 0; i < 20; i++) {
            bindings.look(consumers.taking());
        }

        assertThat(connection.count("exchangeDeclare", "celery_delayed_27")).isEqualTo(1);
        assertThat(consumers.taking()).hasSize(1);
    }

    @Test
    void aQueueThatMayNotBeBoundStopsNoOther() throws IOException {
        connection.refuse("queueBind", "a", Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));
        consumers.mend(List.of("a", "b"));
        bindings.look(consumers.taking());

        assertThat(connection.count("queueBind", "b")).isEqualTo(1);
    }
}
