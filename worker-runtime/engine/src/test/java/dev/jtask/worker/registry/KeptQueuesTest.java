package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeptQueuesTest {

    @Test
    void keepsThoseOfTheNamesThatAreGiven() {
        var kept = KeptQueues.parse("orders, mail.*");

        assertThat(kept.patterns()).containsExactly("orders", "mail.*");
        assertThat(kept.has("orders")).isTrue();
        assertThat(kept.has("mail.bulk")).isTrue();
        assertThat(kept.has("orders.new")).isFalse();
        assertThat(KeptQueues.parse("*").has("any")).isTrue();
        assertThat(KeptQueues.parse("")).isEqualTo(KeptQueues.NONE);
        assertThat(KeptQueues.NONE.has("orders")).isFalse();
    }

    @Test
    void saysHowToWriteThem() {
        assertThatThrownBy(() -> KeptQueues.parse("orders,,mail")).hasMessageContaining("orders,mail.*");
        assertThatThrownBy(() -> new KeptQueues(List.of(" "))).hasMessageContaining("orders,mail.*");
    }
}
