package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A number of this moment beside figures that are older.
class QueueSampleTest {

    private static final QueueSample TOLD = new QueueSample("q", 40L, 3L, 1L, 100L, 57L);

    @Test
    void whatIsCountedWaitsAndWhatWasToldStays() {
        var counted = TOLD.counting(7);

        assertThat(counted).isEqualTo(new QueueSample("q", 7L, 3L, 1L, 100L, 57L, 40L));
    }

    @Test
    void whatWaitsForTheQueueElsewhereStillWaits() {
        var withSuspects = new QueueSample("q", 42L, 3L, 1L, 100L, 57L, 40L);

        assertThat(withSuspects.counting(7).ready()).isEqualTo(9);
    }

    @Test
    void aQueueOfWhichNothingWasToldIsCountedAllTheSame() {
        var counted = QueueSample.unknown("q").counting(7);

        assertThat(counted.ready()).isEqualTo(7);
        assertThat(counted.unacked()).isNull();
    }

    @Test
    void whatNoLongerWaitsMayRunAtAWorkerThatSaysNothing() {
        var pool = new Given();
        pool.policy = Given.policy(Duration.ZERO, Duration.ofSeconds(30));
        var silent = new PodSample[] {new PodSample("a", 8.0, null), new PodSample("b", 8.0, null)};
        var long3 = new QueueSample("q", 3L, 0L, 2L, 3L, 0L);
        pool.has(silent).after(0, long3);

        // a moment later they have taken all three, of which nobody was told yet
        var taken = pool.has(silent).after(5, long3.counting(0));

        assertThat(taken.replicas()).isEqualTo(2);
    }
}
