package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PortionsTest {

    private final FakeConnection connection = new FakeConnection();
    private final Consumers consumers = connection.consumers();
    private final Portions portions = new Portions(connection.connection(), consumers::adjust);

    @AfterEach
    void stop() {
        consumers.stop();
    }

    @Test
    void theOnlyQueueHasTheWholeWindow() throws IOException {
        consume("a");
        portions.adjust(consumers.taking(), 8);

        assertThat(consumers.limit()).isEqualTo(8);
        assertThat(connection.count("queueDeclarePassive", "a"))
                .as("it is not asked again")
                .isEqualTo(1);
    }

    @Test
    void severalShareOneWindow() throws IOException {
        consume("a", "b");
        portions.adjust(consumers.taking(), 8);
        assertThat(limits()).containsExactly(4, 4);

        connection.ready("b", 100);
        portions.adjust(consumers.taking(), 9);
        assertThat(consumers.limit()).isEqualTo(9);
        assertThat(limits().get(1)).isGreaterThan(4);
    }

    @Test
    void aChangeThatIsNotWorthwhileCostsNoSubscription() throws IOException {
        consume("a", "b");
        portions.adjust(consumers.taking(), 8);
        long before = connection.consumed.get();
        portions.adjust(consumers.taking(), 8);

        assertThat(connection.consumed.get()).isEqualTo(before);
    }

    @Test
    void oneThatMayNotBeReadStopsNoOther() throws IOException {
        connection.refuse("basicConsume", "a", Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));
        consume("a", "b");
        portions.adjust(consumers.taking(), 8);

        assertThat(consumers.taking())
                .singleElement()
                .matches(consumer -> consumer.queue().equals("b"));
        assertThat(consumers.limit()).isPositive();
        portions.adjust(consumers.taking(), 8);
        assertThat(consumers.limit()).isEqualTo(8);
    }

    @Test
    void oneThatCannotBeLookedAtHasItsShareAllTheSame() throws IOException {
        consume("a", "b");
        connection.refuse("queueDeclarePassive", "a", Ends.refused(AMQP.RESOURCE_LOCKED, "RESOURCE_LOCKED"));
        portions.adjust(consumers.taking(), 8);

        assertThat(limits()).containsExactly(4, 4);
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNotAskedOn() throws IOException {
        consume("a", "b");
        connection.refuse("queueDeclarePassive", "a", Ends.silence());
        connection.before("queueDeclarePassive a", connection::fallSilent);

        assertThatThrownBy(() -> portions.adjust(consumers.taking(), 8)).isInstanceOf(IOException.class);
        assertThat(connection.count("queueDeclarePassive", "b"))
                .as("only when it was declared")
                .isEqualTo(1);
    }

    @Test
    void withoutConsumersThereIsNothingToShare() throws IOException {
        portions.adjust(List.of(), 8);

        assertThat(connection.calls).isEmpty();
    }

    private void consume(String... queues) throws IOException {
        consumers.mend(List.of(queues));
    }

    private List<Integer> limits() {
        return consumers.taking().stream().map(QueueConsumer::limit).toList();
    }
}
