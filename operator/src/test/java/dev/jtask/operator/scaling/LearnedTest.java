package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Guards;
import dev.jtask.autoscaler.PoolState;
import dev.jtask.autoscaler.Share;
import dev.jtask.autoscaler.WorkerReport.Runs;
import dev.jtask.autoscaler.WorkerReport.Work;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.fake.Pools;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LearnedTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

    private final Learned learned = Learned.of(pool("""
            {desiredReplicas: 5, reason: Ineffective, message: "", terms: {
              need: 9, startupSeconds: 12.5, drainSeconds: 47.5, busySlots: 20, queues: [
                {name: orders, busySeconds: 0.25, sharePercent: 40, arrivalSlots: 0, backlogSlots: 9, runningSlots: 0}]},
             guards: {
              failing: {ended: 60, failed: 57, redelivered: 3},
              held: {pods: 5, brought: 19.5, until: "2026-01-01T00:12:00Z", pauseSeconds: 300, onTrial: false},
              measured: {pods: 2, since: "2026-01-01T00:01:00Z", until: "2026-01-01T00:03:00Z", longestSeconds: 0.5,
                queues: [{name: orders, busySeconds: 960, ended: 1920}]}}}
            """), NOW);

    @Test
    void whatKeptThePoolFromGrowingStillDoes() {
        assertThat(learned.state().guards())
                .isEqualTo(new Guards(
                        new Runs(60, 57, 3),
                        new Guards.Held(5, 19.5, NOW.plusSeconds(120), Duration.ofMinutes(5), false),
                        new Guards.Measured(
                                2,
                                NOW.minusSeconds(540),
                                NOW.minusSeconds(420),
                                0.5,
                                Map.of("orders", new Work(960, 1920)))));
    }

    @Test
    void aPartOfAQueueIsNoLargerUntilAllPoolsMayHaveBeenMetAgain() {
        var small = new Share(0.25, "pool default/big");

        assertThat(learned.shares(Map.of(), NOW))
                .isEqualTo(Map.of("orders", new Share(0.4, "pools that have not been met again yet")));
        assertThat(learned.shares(Map.of("orders", small), NOW)).isEqualTo(Map.of("orders", small));
        assertThat(learned.shares(Map.of("orders", new Share(0.8, "pool default/one")), NOW)
                        .values())
                .extracting(Share::part)
                .containsExactly(0.4);
        assertThat(learned.shares(Map.of(), NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void aNewPoolHasNothingLearned() {
        var pool = Pools.pool("queues: [{name: orders}]");

        assertThat(Learned.of(pool, NOW)).isEqualTo(Learned.NOTHING);
    }

    @Test
    void aStatusOfAnOutageTellsNoTime() {
        assertThat(Learned.of(pool("{desiredReplicas: 5, reason: Blind, message: \"\"}"), NOW)
                        .state())
                .isEqualTo(PoolState.EMPTY);
    }

    private static TaskWorkerPool pool(String scaling) {
        var pool = Pools.pool("queues: [{name: orders}]");
        pool.setStatus(Pools.YAML.unmarshal("""
            replicas: 5
            readyReplicas: 5
            selector: ""
            queues: []
            conditions: []
            scaling:
            """ + scaling.indent(2), TaskWorkerPoolStatus.class));
        return pool;
    }
}
