package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DelayTopologyTest {

    @Test
    void theRoutingKeyIsTheDelayInBinaryWithTheHighestDigitFirst() {
        assertThat(DelayTopology.routingKey(3, "qq")).isEqualTo("0.".repeat(26) + "1.1.qq");
        assertThat(DelayTopology.routingKey(1L << 27, "a.b")).isEqualTo("1." + "0.".repeat(27) + "a.b");
    }

    @Test
    void holdsDelaysUpToEightYears() {
        assertThat(DelayTopology.routingKey(DelayTopology.MAX_SECONDS, "q")).isEqualTo("1.".repeat(28) + "q");
        assertThat(DelayTopology.MAX_SECONDS / 86_400 / 365).isEqualTo(8);
    }
}
