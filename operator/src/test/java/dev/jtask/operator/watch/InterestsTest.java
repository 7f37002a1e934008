package dev.jtask.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class InterestsTest {

    private final Interests<String> interests = new Interests<>();

    @Test
    void arePutTogetherByBrokerAndOnceForAChange() {
        interests.put("a", interest("one", "q1"));
        interests.put("b", interest("one", "q2"));
        interests.put("c", interest("two", "q3"));

        var together = interests.byBroker();
        interests.put("a", interest("one", "q1"));

        assertThat(together.get(BrokerWatchScene.access("one")))
                .satisfies(audience -> assertThat(audience.queues()).containsExactlyInAnyOrder("q1", "q2"));
        assertThat(interests.byBroker()).as("nothing changed").isSameAs(together);
    }

    @Test
    void whoeverComesGoesOrWantsOtherThingsIsMinded() {
        interests.put("a", interest("one", "q1"));
        interests.put("b", interest("one", "q2"));
        interests.byBroker();

        interests.put("a", interest("two", "q1"));
        assertThat(interests.byBroker().keySet())
                .containsExactlyInAnyOrder(BrokerWatchScene.access("one"), BrokerWatchScene.access("two"));

        interests.remove("b");
        assertThat(interests.byBroker()).containsOnlyKeys(BrokerWatchScene.access("two"));
        interests.clear();
        assertThat(interests.byBroker()).isEmpty();
    }

    private static Interest interest(String host, String queue) {
        return Interest.in(BrokerWatchScene.access(host), BrokerWatchScene.AMQP, Set.of(queue), Set.of());
    }
}
