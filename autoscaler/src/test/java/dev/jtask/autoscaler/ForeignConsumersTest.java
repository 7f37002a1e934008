package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Workers of somebody else, such as Celery's, on a pool's queue: what they hold is not the pool's to run.
class ForeignConsumersTest {

    private final Given given = new Given();

    @Test
    void whatTheyHoldKeepsNoPodThatRunsNothing() {
        given.has(Given.pod("a", 0), Given.pod("b", 0));

        var first = given.after(5, held(16));
        assertThat(first.replicas()).isEqualTo(2);
        assertThat(first.reason()).isEqualTo(Reason.Stabilizing);
        Decision last = first;
        for (int look = 0; look < 6; look++) {
            assertThat(last.terms().busySlots()).isZero();
            assertThat(last.terms().busyPods()).isZero();
            assertThat(last.need()).isZero();
            assertThat(last.message()).doesNotContain("16").doesNotContain("busy slots");
            last = given.after(5, held(16));
        }

        assertThat(last.replicas()).isZero();
        assertThat(last.reason()).isEqualTo(Reason.Idle);
    }

    @Test
    void whatTheyHoldWakesNoPool() {
        for (int look = 0; look < 20; look++) {
            var decision = given.after(5, held(40));

            assertThat(decision.replicas()).isZero();
            assertThat(decision.need()).isZero();
            assertThat(decision.reason()).isEqualTo(Reason.Idle);
        }
    }

    @Test
    void whatTheyHoldBesideBusyPodsIsNotAddedToWhatTheseRun() {
        given.has(Given.pod("a", 3), Given.pod("b", 0));

        var decision = given.after(5, held(43));

        assertThat(decision.terms().busySlots()).isEqualTo(3);
        assertThat(decision.terms().busyPods()).isEqualTo(1);
    }

    /// Nothing waits, nothing comes, nothing ends.
    private static QueueSample held(long messages) {
        return Given.queue(0, messages, 100, 100 - messages);
    }
}
