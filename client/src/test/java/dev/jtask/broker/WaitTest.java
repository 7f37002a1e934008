package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaitTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Wait wait = Wait.of(NOON, Duration.ofSeconds(5));

    @Test
    void isOverAfterItsTime() {
        assertThat(wait.isOver(NOON)).isFalse();
        assertThat(wait.left(NOON.plusSeconds(4))).isEqualTo(Duration.ofSeconds(1));
        assertThat(wait.isOver(NOON.plusSeconds(5))).isTrue();
        assertThat(wait.left(NOON.plusSeconds(6))).isZero();
        assertThat(Wait.OVER.isOver(NOON)).isTrue();
    }

    @Test
    void isOverWhereTheClockWasPutBackBehindItsBegin() {
        assertThat(wait.isOver(NOON.minusSeconds(1))).isTrue();
        assertThat(wait.left(NOON.minusSeconds(1))).isZero();
    }
}
