package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrefetchWindowTest {

    private static final int SLOTS = 8;

    private final PrefetchWindow window = new PrefetchWindow();

    @Test
    void startsWithOneMessageForEachSlot() {
        assertThat(window.adapt(SLOTS)).isEqualTo(SLOTS);
    }

    @Test
    void longTasksHoldExactlyOneForEachSlot() {
        finished(100, 1.0);
        assertThat(window.adapt(SLOTS)).isEqualTo(SLOTS);
    }

    @Test
    void shortTasksHoldEnoughToHideTheRoundTrip() {
        finished(100, 0.001);
        assertThat(window.adapt(SLOTS)).isEqualTo(SLOTS + SLOTS * 50);
    }

    @Test
    void theShortestTasksHoldNoMoreThanTheCap() {
        finished(1_000, 0.000_001);
        assertThat(window.adapt(SLOTS)).isEqualTo(2_000);
        assertThat(new PrefetchWindow().adapt(5_000)).isEqualTo(5_000);
    }

    @Test
    void smallChangesAreNotWorthANewConsumer() {
        finished(1_000, 0.001);
        int before = window.adapt(SLOTS);
        finished(1_000, 0.0015);
        assertThat(window.adapt(SLOTS)).isEqualTo(before);
        finished(1_000, 0.01);
        assertThat(window.adapt(SLOTS)).isLessThan(before / 2);
    }

    @Test
    void goesBackWhenTasksTurnLong() {
        finished(1_000, 0.001);
        window.adapt(SLOTS);
        finished(2, 2.0);
        assertThat(window.adapt(SLOTS)).isEqualTo(SLOTS);
    }

    @Test
    void followsTheNumberOfSlots() {
        assertThat(window.adapt(SLOTS)).isEqualTo(SLOTS);
        assertThat(window.adapt(SLOTS + 1)).isEqualTo(SLOTS + 1);
        assertThat(window.adapt(2)).isEqualTo(2);
    }

    private void finished(int tasks, double seconds) {
        for (int i = 0; i < tasks; i++) {
            window.finished(seconds);
        }
    }
}
