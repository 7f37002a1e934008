package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Messages that consumers of nobody's pool hold, such as a Celery worker's, where the objective is a depth for each
/// replica.
class ForeignHoldersTest {

    private final Given given = new Given();

    @BeforeEach
    void depth() {
        var base = Given.policy(Duration.ofSeconds(30), Duration.ofMinutes(5));
        given.policy = new ScalingPolicy(
                0,
                50,
                new Objective.BacklogPerReplica(10),
                4,
                0.9,
                Duration.ZERO,
                base.scaleDownStabilization(),
                100,
                base.whenBlind(),
                base.drainTimeout(),
                base.tick());
    }

    @Test
    void startNoPodOfAnEmptyPool() {
        var decision = given.after(5, Given.queue(0, 40, 40, 0));

        assertThat(decision.need()).isZero();
        assertThat(decision.replicas()).isZero();
    }

    @Test
    void keepNoPodThatRunsNothing() {
        given.has(Given.pod("a", 0), Given.pod("b", 0));
        var decision = given.after(0, Given.queue(0, 40, 40, 0));
        for (int look = 0; look < 8; look++) {
            decision = given.after(5, Given.queue(0, 40, 40, 0));
        }

        assertThat(decision.need()).isZero();
        assertThat(decision.replicas()).isZero();
    }

    @Test
    void countNothingBesideWhatTheOwnOnesRun() {
        given.has(Given.pod("a", 3), Given.pod("b", 0));

        assertThat(given.after(5, Given.queue(12, 43, 55, 0)).need()).isEqualTo(1.5);
    }

    @Test
    void mayBeWithAPodThatHasNoSlotFree() {
        given.has(Given.pod("a", 4), Given.pod("b", 0));

        assertThat(given.after(5, Given.queue(0, 40, 40, 0)).need())
                .as("it may have taken them in advance")
                .isEqualTo(4);
    }

    @Test
    void mayBeWithAPodThatSaysNothing() {
        given.has(Given.pod("a", 0), new PodSample("b", 8.0, null));

        assertThat(given.after(5, Given.queue(0, 40, 40, 0)).need()).isEqualTo(4);
    }

    @Test
    void mayBeWithAPodThatIsReadyAndNotSeenYet() {
        given.desired = 1;
        var sample = new Sample.Seen(List.of(Given.queue(0, 40, 40, 0)), List.of(), new Replicas(1, 1));

        var decision = Autoscaler.decide(PoolState.EMPTY, sample, given.policy, given.now);

        assertThat(decision.need()).isEqualTo(4);
    }
}
