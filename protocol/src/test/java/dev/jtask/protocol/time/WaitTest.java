package dev.jtask.protocol.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaitTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Wait wait = Wait.of(NOW, Duration.ofSeconds(30));

    @Test
    void lastsUpToItsEndThatMomentNotIncluded() {
        assertThat(wait.isOver(NOW)).isFalse();
        assertThat(wait.isOver(NOW.plusMillis(29_999))).isFalse();
        assertThat(wait.isOver(NOW.plusSeconds(30))).isTrue();
        assertThat(wait.left(NOW.plusSeconds(10))).isEqualTo(Duration.ofSeconds(20));
        assertThat(wait.left(NOW.plusSeconds(31))).isZero();
    }

    @Test
    void isOverWhereTheClockIsPutBackBehindItsBeginning() {
        assertThat(wait.isOver(NOW.minusMillis(1))).isTrue();
        assertThat(wait.left(NOW.minus(Duration.ofHours(1)))).isZero();
    }

    @Test
    void oneThatNeverBeganIsOver() {
        assertThat(Wait.OVER.isOver(Instant.EPOCH)).isTrue();
    }
}
