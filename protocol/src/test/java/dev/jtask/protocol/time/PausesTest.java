package dev.jtask.protocol.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausesTest {

    private final Pauses pauses = new Pauses(Duration.ofMillis(100), Duration.ofSeconds(10));

    @Test
    void doubleUpToTheCap() {
        assertThat(pauses.after(1, 0)).isEqualTo(Duration.ofMillis(100));
        assertThat(pauses.after(2, 0)).isEqualTo(Duration.ofMillis(200));
        assertThat(pauses.after(7, 0)).isEqualTo(Duration.ofMillis(6_400));
        assertThat(pauses.after(8, 0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(pauses.after(Integer.MAX_VALUE, 0)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void areAsLongAsTheyMayBeForWhoIsAlone() {
        assertThat(pauses.doubled(0)).isEqualTo(Duration.ofMillis(100));
        assertThat(pauses.doubled(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(pauses.doubled(3)).isEqualTo(Duration.ofMillis(400));
        assertThat(pauses.doubled(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void areUpToHalfShorterByChance() {
        assertThat(pauses.after(3, 1)).isEqualTo(Duration.ofMillis(200));
        assertThat(pauses.after(3, 0.5)).isEqualTo(Duration.ofMillis(300));
        assertThat(pauses.after(3)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void areNeverNone() {
        assertThat(new Pauses(Duration.ofNanos(1), Duration.ofMillis(1)).after(1, 1))
                .isEqualTo(Duration.ofMillis(1));
        assertThat(pauses.after(0, 0)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void growFromAboveZeroToACap() {
        assertThatThrownBy(() -> new Pauses(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> new Pauses(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("PT2S");
    }
}
