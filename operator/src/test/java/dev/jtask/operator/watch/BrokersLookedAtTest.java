package dev.jtask.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class BrokersLookedAtTest extends BrokerWatchScene {

    @Test
    void eachTickSaysWhichBrokersAreLookedAtStill() {
        watch.watch("a", access("one"), AMQP, Set.of("q"), Set.of());
        watch.watch("b", access("two", "u"), AMQP, Set.of("q"), Set.of());
        watch.watch("c", access("two", "other"), AMQP, Set.of("q"), Set.of());
        watch.tick(pool -> false);
        assertThat(metrics.kept()).containsExactlyInAnyOrder("http://one", "http://two");

        watch.forget("b");
        watch.tick(pool -> false);
        assertThat(metrics.kept())
                .as("of one that has another user")
                .containsExactlyInAnyOrder("http://one", "http://two");

        watch.forget("c");
        watch.tick(pool -> false);
        assertThat(metrics.kept()).containsExactly("http://one");

        watch.forget("a");
        watch.tick(pool -> false);
        assertThat(metrics.kept()).isEmpty();
    }
}
