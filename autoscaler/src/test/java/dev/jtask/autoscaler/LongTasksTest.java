package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Tasks that take long against the objective, or against the time that a drain gives them.
class LongTasksTest {

    private final Given pool = new Given();

    @Test
    void aMaximumBelowThePodsThatRunSomethingSaysThatTheyStay() {
        pool.policy = atMost(5);
        var last = running(10, 8);

        assertThat(last.replicas()).isEqualTo(5);
        assertThat(last.reason()).isEqualTo(Reason.InFlight);
        assertThat(last.message())
                .endsWith("; 8 pods run tasks that a drain could cut off: above maxReplicas 5 until these end");
    }

    @Test
    void aWindowThatClosesBelowThemSaysSoToo() {
        var night = Range.of(0, 50).with("'0 22 * * *' (UTC)", null, 5);
        var planned = Plan.of(running(10, 8), new Replicas(10, 10), new Directives(false, 0, night));

        assertThat(planned.replicas()).isEqualTo(5);
        assertThat(planned.reason()).isEqualTo(Reason.InFlight);
        assertThat(planned.message()).endsWith("; no more than 5 by window '0 22 * * *' (UTC)");
    }

    /// So many pods, of which some run one task each that takes ten minutes.
    private Decision running(int pods, int busy) {
        var samples = new PodSample[pods];
        for (int look = 0; look < 8; look++) {
            for (int i = 0; i < pods; i++) {
                samples[i] = Given.pod("p" + i, 8, i < busy ? 1 : 0, i < busy ? 5 * look : 0, 0);
            }
            pool.has(samples).after(5, Given.queue(0, busy, busy, 0));
        }
        return pool.has(samples).after(5, Given.queue(0, busy, busy, 0));
    }

    private static ScalingPolicy atMost(int pods) {
        var usual = Given.policy(Duration.ofSeconds(30), Duration.ofSeconds(30));
        return new ScalingPolicy(
                0,
                pods,
                usual.objective(),
                usual.slotsPerReplica(),
                usual.targetUtilization(),
                usual.scaleUpStabilization(),
                usual.scaleDownStabilization(),
                usual.scaleDownMaxPercent(),
                usual.whenBlind(),
                usual.drainTimeout(),
                usual.tick());
    }

    @Test
    void neverNeedMoreSlotsThanThereAreTasks() {
        pool.has(Given.pod("a", 8, 4, 3_300, 10), Given.pod("b", 8, 4, 3_300, 10));
        var last = pool.after(0, Given.queue(29, 8, 57, 20));

        assertThat(last.terms().busySeconds()).isCloseTo(330, within(1.0));
        assertThat(last.need()).isLessThanOrEqualTo((29 + 8) / 4.0);
    }

    @Test
    void runningOnesThatOutlastTheObjectiveKeepTheirSlots() {
        var last = pool.has(Given.pod("a", 8, 4, 3_300, 10)).after(0, Given.queue(0, 4, 14, 10));

        // four tasks of 330 s, of which 52 s count as done in time
        assertThat(last.need()).isCloseTo(4 * (1 - 52 / 330.0) / 4, within(0.001));
    }

    @Test
    void onlyPodsThatRunNothingGo() {
        pool.policy = Given.policy(Duration.ZERO, Duration.ofSeconds(30));
        pool.has(
                Given.pod("a", 8, 1, 1_200, 20),
                Given.pod("b", 8, 1, 1_200, 20),
                Given.pod("c", 8, 1, 1_200, 20),
                Given.pod("d", 8, 0, 1_200, 20));
        var last = pool.after(0, Given.queue(0, 3, 83, 80));

        assertThat(last.replicas()).isEqualTo(3);
        assertThat(last.sparesRunning()).isTrue();
        assertThat(last.reason()).isEqualTo(Reason.InFlight);
        assertThat(last.message()).endsWith("kept at 3: 3 pods run tasks that a drain could cut off");
    }

    @Test
    void aRareLongOneAmongShortOnesIsSparedToo() {
        pool.policy = Given.policy(Duration.ZERO, Duration.ofSeconds(30));
        var report = new WorkerReport(1, 45, Map.of("q", new WorkerReport.Work(100, 1_000)));
        var last = pool.has(new PodSample("a", 8.0, report)).after(0, Given.queue(0, 1, 1_001, 1_000));

        assertThat(last.replicas()).isEqualTo(1);
        assertThat(last.sparesRunning()).isTrue();
    }

    @Test
    void shortOnesEndWithinTheDrainSoTheirPodsMayGo() {
        pool.policy = Given.policy(Duration.ZERO, Duration.ofMinutes(5));
        var last = pool.has(Given.pod("a", 8, 1, 500, 1_000), Given.pod("b", 8, 1, 500, 1_000))
                .after(0, Given.queue(0, 2, 2_002, 2_000));

        assertThat(last.replicas()).isZero();
        assertThat(last.sparesRunning()).isFalse();
    }

    @Test
    void whatHasNotEndedYetIsNotKnownToBeShort() {
        pool.policy = Given.policy(Duration.ZERO, Duration.ofMinutes(5));
        var last = pool.has(Given.pod("a", 8, 1, 2, 0)).after(0, Given.queue(0, 1, 1, 0));

        assertThat(last.replicas()).isEqualTo(1);
    }

    @Test
    void podsThatAreNotReadyAndRunTasksHoldTheSize() {
        pool.policy = Given.policy(Duration.ZERO, Duration.ofSeconds(30));
        pool.has(unready("a", report(1)), unready("b", report(1)), unready("c", null), unready("d", report(0)));
        var last = pool.after(0, Given.queue(0, 3, 3, 0));

        assertThat(last.replicas()).isEqualTo(3);
        assertThat(last.reason()).isEqualTo(Reason.InFlight);
        assertThat(last.terms().busySlots()).isEqualTo(3);
    }

    @Test
    void podsThatHaveNotStartedHoldNothing() {
        pool.policy = Given.policy(Duration.ZERO, Duration.ofSeconds(30));
        pool.has(Given.pod("a", 8, 1, 20, 0), new PodSample("b", null, null), new PodSample("c", null, null));
        var last = pool.after(0, Given.queue(0, 9, 9, 0));

        assertThat(last.replicas()).isEqualTo(1);
    }

    private static PodSample unready(String id, @Nullable WorkerReport report) {
        return new PodSample(id, null, true, report);
    }

    private static WorkerReport report(int busy) {
        return new WorkerReport(busy, 20, Map.of("q", new WorkerReport.Work(20, 0)));
    }

    @Test
    void workersThatSayNothingHoldAsManyPodsAsTasks() {
        pool.policy = Given.policy(Duration.ZERO, Duration.ofSeconds(30));
        pool.has(new PodSample("a", 8.0, null), new PodSample("b", 8.0, null), new PodSample("c", 8.0, null));
        var last = pool.after(0, Given.queue(0, 2, 2, 0));

        assertThat(last.replicas()).isEqualTo(2);
    }
}
