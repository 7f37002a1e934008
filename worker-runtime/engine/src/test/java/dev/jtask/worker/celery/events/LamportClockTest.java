package dev.jtask.worker.celery.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LamportClockTest {

    private final LamportClock clock = new LamportClock();

    @Test
    void isAfterEverythingThatItHasSeen() {
        assertThat(clock.forward()).isEqualTo(1);
        clock.adjust(40);
        assertThat(clock.now()).isEqualTo(41);
        clock.adjust(7);
        assertThat(clock.forward()).isEqualTo(43);
    }

    @Test
    void isNotBroughtToItsEnd() {
        clock.adjust(Long.MAX_VALUE);
        clock.adjust((1L << 62) + 1);
        clock.adjust(Long.MIN_VALUE);
        assertThat(clock.forward()).isEqualTo(4);
    }
}
