package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.Guards;
import dev.jtask.autoscaler.PodSample;
import dev.jtask.autoscaler.PoolState;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.Replicas;
import dev.jtask.autoscaler.Share;
import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.autoscaler.WorkerReport.Runs;
import dev.jtask.autoscaler.WorkerReport.Work;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.status.Observation;
import dev.jtask.operator.status.Statuses;
import dev.jtask.operator.watch.Probe;
import dev.jtask.operator.workload.PodTerms;
import dev.jtask.operator.workload.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LearnedTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");
    private static final Instant LATER = NOW.plusSeconds(20);
    private static final Replicas TWO = new Replicas(2, 1);
    private static final Probe PROBE = Probes.seen(
            Map.of(
                    "orders", new QueueSample("orders", 90L, 1L, 1L, 200L, 109L),
                    "mails", new QueueSample("mails", 4L, 0L, 1L, 4L, 0L)),
            NOW);

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

    @Test
    void whatIsWrittenIsWhatIsLearnedAlsoOverAnOutage() {
        var pool = Pools.pool("queues: [{name: orders}, {name: mails}]");
        var decider = new Decider(Duration.ofSeconds(5), PoolState.EMPTY);
        var work = new WorkerReport(1, 0, Map.of("orders", new Work(25, 100)));
        var terms = PodTerms.of(pool.getSpec(), null, List.of());
        var seen = decider.decide(
                pool.getSpec(),
                terms,
                PROBE,
                TWO,
                List.of(new PodSample("a", 12.5, work)),
                Map.of("orders", new Share(0.4, "pool default/big")));

        store(pool, PROBE, seen);

        var known = PoolState.knowing(12.5, Map.of("orders", 0.25), seen.next().guards(), LATER);
        assertThat(Learned.of(pool, LATER).state())
                .as("of mails it saw no task, so one second is assumed and not told")
                .isEqualTo(known);
        assertThat(Learned.of(pool, LATER).shares(Map.of(), LATER))
                .isEqualTo(Map.of("orders", new Share(0.4, "pools that have not been met again yet")));

        var outage = new Probe.Blind("BrokerUnreachable", "no answer", LATER);
        store(pool, outage, decider.decide(pool.getSpec(), terms, outage, TWO, List.of(), Map.of()));

        assertThat(Learned.of(pool, LATER).state()).as("after an outage").isEqualTo(known);
        assertThat(Learned.of(pool, LATER).shares(Map.of(), LATER)).containsOnlyKeys("orders");
    }

    @Test
    void aQueueThatIsUnknownForNowIsNotForgotten() {
        var pool = Pools.pool("queues: [{name: orders}, {name: mails}]");
        var decider = new Decider(Duration.ofSeconds(5), PoolState.EMPTY);
        var work = new WorkerReport(1, 0, Map.of("orders", new Work(25, 100)));
        var share = Map.of("orders", new Share(0.4, "pool default/big"));
        var terms = PodTerms.of(pool.getSpec(), null, List.of());
        var pods = List.of(new PodSample("a", 12.5, work));
        store(pool, PROBE, decider.decide(pool.getSpec(), terms, PROBE, TWO, pods, share));

        var mails = new QueueSample("mails", 4L, 0L, 1L, 4L, 0L);
        var down = Probes.seen(Map.of("orders", QueueSample.unknown("orders").asDown(), "mails", mails), LATER);
        for (int look = 0; look < 2; look++) {
            store(pool, down, decider.decide(pool.getSpec(), terms, down, TWO, List.of(), Map.of()));
        }

        var known = Learned.of(pool, LATER);
        assertThat(known.state()).isEqualTo(PoolState.knowing(12.5, Map.of("orders", 0.25), Guards.NONE, LATER));
        assertThat(known.shares(Map.of(), LATER))
                .isEqualTo(Map.of("orders", new Share(0.4, "pools that have not been met again yet")));

        // one that the spec has no more
        var alone = Pools.pool("queues: [{name: mails}]");
        alone.setStatus(pool.getStatus());
        store(
                alone,
                down.about(Set.of("mails")),
                decider.decide(alone.getSpec(), terms, down, TWO, List.of(), Map.of()));
        assertThat(Learned.of(alone, LATER).shares(Map.of(), LATER)).isEmpty();
    }

    /// Else tasks would be short for an operator that has not seen the longest of them.
    @Test
    void theLongestTaskIsKnownForAtLeastAsLong() {
        var pool = Pools.pool("queues: [{name: orders}, {name: mails}]");
        var report = new WorkerReport(1, 400, Map.of("orders", new Work(425, 25)));
        var decision = new Decider(Duration.ofSeconds(5), PoolState.EMPTY)
                .decide(
                        pool.getSpec(),
                        PodTerms.of(pool.getSpec(), null, List.of()),
                        PROBE,
                        TWO,
                        List.of(new PodSample("a", 12.5, report)),
                        Map.of());

        store(pool, PROBE, decision);

        assertThat(Learned.of(pool, LATER).state().longestSeconds()).isEqualTo(512);
    }

    @Test
    void whatIsAssumedIsNotWrittenAsLearned() {
        var pool = Pools.pool("queues: [{name: orders}, {name: mails}]");
        var decision = new Decider(Duration.ofSeconds(5), PoolState.EMPTY)
                .decide(pool.getSpec(), PodTerms.of(pool.getSpec(), null, List.of()), PROBE, TWO, List.of(), Map.of());

        store(pool, PROBE, decision);

        assertThat(Learned.of(pool, LATER).state()).isEqualTo(PoolState.EMPTY);
        assertThat(Learned.of(pool, LATER).shares(Map.of(), LATER)).isEmpty();
    }

    /// As the operator writes a status and the API server gives it back.
    private static void store(TaskWorkerPool pool, Probe probe, Decision decision) {
        var view = new PoolView(probe, Set.of(), Map.of(), decision, List.of(), null, null);
        var status = Statuses.compute(
                new Observation(pool, FakeSecrets.USABLE, null, List.of(), new Rollout.Done(), view), NOW);
        pool.setStatus(Pools.YAML.unmarshal(Pools.YAML.asJson(status), TaskWorkerPoolStatus.class));
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
