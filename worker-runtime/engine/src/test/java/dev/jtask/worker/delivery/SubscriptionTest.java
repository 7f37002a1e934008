package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import dev.jtask.worker.fakes.Given;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

    private final FakeConnection connection = new FakeConnection();
    private final FakeChannel channel = new FakeChannel(connection, 1);
    private final List<Long> tags = new ArrayList<>();
    private final AtomicInteger losses = new AtomicInteger();

    @Test
    void consumesWithALimitOfItsOwn() throws IOException {
        var subscription = subscribe();

        assertThat(connection.calls).containsExactly("basicQos 5", "basicConsume q");
        assertThat(subscription.limit()).isEqualTo(5);
        channel.deliver(Given.wire(Given.message("a")), false);
        assertThat(tags).containsExactly(1L);
    }

    @Test
    void endsOnceTheBrokerHasSaidSo() throws IOException {
        subscribe().cancel();

        assertThat(channel.consumers()).isZero();
        assertThat(losses).hasValue(0);
    }

    @Test
    void tellsWhenTheBrokerEndsIt() throws IOException {
        subscribe();
        channel.cancelConsumers();

        assertThat(losses).hasValue(1);
    }

    @Test
    void aQueueThatMayNotBeReadIsAnIoException() {
        connection.refuse("basicConsume", "q", Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));

        assertThatThrownBy(this::subscribe).isInstanceOf(IOException.class);
    }

    private Subscription subscribe() throws IOException {
        return new Subscription(
                channel.channel(),
                "q",
                5,
                Map.of("x-consumer-timeout", 1_000L),
                (envelope, properties, body) -> tags.add(envelope.getDeliveryTag()),
                losses::incrementAndGet);
    }
}
