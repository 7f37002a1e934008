package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NeighboursTest {

    private static final ResourceID ONE = new ResourceID("one", "default");
    private static final ResourceID TWO = new ResourceID("two", "default");

    private final Neighbours neighbours = new Neighbours();

    @Test
    void poolsOnOneQueueShareIt() {
        assertThat(neighbours.shares(ONE, capacity("one", 1, "orders", "mails")))
                .isEmpty();

        assertThat(neighbours.shares(TWO, capacity("two", 3, "orders"))).containsOnlyKeys("orders");
        assertThat(neighbours.shares(ONE, capacity("one", 1, "orders", "mails")).get("orders"))
                .satisfies(share -> assertThat(share.part()).isEqualTo(0.25));
    }

    @Test
    void aPoolThatLeftAQueueIsNoNeighbourAnyMore() {
        neighbours.shares(ONE, capacity("one", 1, "orders", "mails"));
        neighbours.shares(TWO, capacity("two", 1, "orders", "mails"));

        neighbours.shares(TWO, capacity("two", 1, "mails", "bills"));

        assertThat(neighbours.shares(ONE, capacity("one", 1, "orders", "mails")))
                .containsOnlyKeys("mails");
    }

    @Test
    void aPoolThatIsGoneIsNoNeighbourAnyMore() {
        neighbours.shares(ONE, capacity("one", 1, "orders"));
        neighbours.shares(TWO, capacity("two", 1, "orders"));

        neighbours.forget(TWO);

        assertThat(neighbours.shares(ONE, capacity("one", 1, "orders"))).isEmpty();
    }

    private static Capacity capacity(String pool, int ready, String... queues) {
        return new Capacity(pool, Set.of("http://rabbit:15672 vhost /"), Set.of(queues), 4, ready, 10, false);
    }
}
