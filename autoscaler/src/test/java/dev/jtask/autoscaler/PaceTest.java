package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// When a change that is right may happen, and what of the past counts.
class PaceTest {

    private final Given pool = new Given();

    @Test
    void whatWasNeededByAssumptionIsVoidOnceTheServiceTimeIsKnown() {
        var assumed = pool.after(0, Given.queue(5_000, 0, 5_000, 0));
        assertThat(assumed.replicas()).as("a second each").isGreaterThan(20);
        int many = assumed.replicas();

        var pods = new PodSample[many];
        for (int i = 0; i < many; i++) {
            pods[i] = Given.pod("p" + i, 8, 0, 0.2, 200);
        }
        pool.has(pods);
        pool.after(13, Given.queue(0, 0, 5_000, 5_000));
        pool.after(12, Given.queue(0, 0, 5_000, 5_000));
        var last = pool.has(pods).after(10, Given.queue(0, 0, 5_000, 5_000));

        assertThat(last.replicas()).isZero();
    }

    @Test
    void whatRunsIsNotRememberedAsNeeded() {
        pool.policy = Given.policy(Duration.ofSeconds(30), Duration.ofMinutes(5));
        var busy = new PodSample[] {Given.pod("a", 8, 4, 500, 1_000), Given.pod("b", 8, 4, 500, 1_000)};
        for (int tick = 0; tick < 7; tick++) {
            pool.has(busy).after(5, Given.queue(0, 8, 2_008, 2_000));
        }

        assertThat(pool.desired).as("full prefetch windows are no need").isZero();
    }

    @Test
    void saysWhenTheSizeCanChange() {
        pool.has(Given.pod("a", 8, 0, 500, 1_000)).after(0, Given.queue(0, 0, 1_000, 1_000));
        var held = pool.after(5, Given.queue(0, 0, 1_000, 1_000));

        assertThat(held.reason()).isEqualTo(Reason.Stabilizing);
        assertThat(held.notBefore()).isEqualTo(Given.START.plusSeconds(30));
    }

    @Test
    void doesNotGrowBeforeItsWindowWasWatched() {
        pool.policy = growingAfter(Duration.ofMinutes(2));
        pool.has(Given.pod("a", 8, 0, 500, 1_000));
        for (int second = 0; second < 120; second += 5) {
            var held = pool.after(second == 0 ? 0 : 5, Given.queue(5_000, 0, 5_000, 0));
            assertThat(held.replicas()).as("after %d s", second).isEqualTo(1);
            assertThat(held.reason()).isEqualTo(Reason.Stabilizing);
            assertThat(held.notBefore()).isEqualTo(Given.START.plusSeconds(120));
        }

        assertThat(pool.after(5, Given.queue(5_000, 0, 5_000, 0)).replicas()).isGreaterThan(1);
    }

    @Test
    void aWindowWithAHoleInItIsNotWatchedForGrowthEither() {
        pool.policy = growingAfter(Duration.ofMinutes(2));
        pool.has(Given.pod("a", 8, 0, 500, 1_000));
        pool.after(0, Given.queue(5_000, 0, 5_000, 0));

        assertThat(pool.after(300, Given.queue(5_000, 0, 5_000, 0)).replicas()).isEqualTo(1);
    }

    private static ScalingPolicy growingAfter(Duration window) {
        var usual = Given.policy(Duration.ZERO, Duration.ofMinutes(5));
        return new ScalingPolicy(
                usual.minReplicas(),
                usual.maxReplicas(),
                usual.objective(),
                usual.slotsPerReplica(),
                usual.targetUtilization(),
                window,
                usual.scaleDownStabilization(),
                usual.scaleDownMaxPercent(),
                usual.whenBlind(),
                usual.drainTimeout(),
                usual.tick());
    }

    @Test
    void busySlotsAreNeverMoreThanPodsHave() {
        pool.has(new PodSample("a", 8.0, null), new PodSample("b", 8.0, null));
        var last = pool.after(
                0, new QueueSample("q", 500L, 22L, 4L, 522L, 0L), new QueueSample("r", 500L, 22L, 4L, 522L, 0L));

        assertThat(last.terms().busySlots()).isEqualTo(8);
    }

    @Test
    void saysNothingOfARateThatIsYoungerThanTheBrokersFigures() {
        var first = pool.after(0, Given.queue(2_000, 0, 2_000, 0));
        assertThat(first.message()).startsWith("2000 ready need ").doesNotContain("arriving");

        pool.after(5, Given.queue(2_000, 0, 2_000, 0));
        var later = pool.after(5, Given.queue(2_000, 0, 2_000, 0));
        assertThat(later.message()).startsWith("2000 ready and 0/s arriving need ");
    }
}
