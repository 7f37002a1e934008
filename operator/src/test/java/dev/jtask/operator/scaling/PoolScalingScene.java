package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.PoolState;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.autoscaler.WorkerReport.Work;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.FakeDeployments;
import dev.jtask.operator.fake.FakeReports;
import dev.jtask.operator.fake.FakeWorkloads;
import dev.jtask.operator.fake.Journal;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.fake.RecordingAnnotator;
import dev.jtask.operator.fake.RecordingEvents;
import dev.jtask.operator.fake.RecordingScalingMetrics;
import dev.jtask.operator.report.RollCall;
import dev.jtask.operator.victim.Victims;
import dev.jtask.operator.watch.Probe;
import dev.jtask.operator.watch.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// A pool that is scaled, and what it is shown.
abstract class PoolScalingScene {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    final Journal journal = new Journal();
    final FakeDeployments deployments = new FakeDeployments(journal);
    final FakeWorkloads workloads = new FakeWorkloads();
    final FakeReports busy = new FakeReports();
    final RollCall calls = new RollCall(busy);
    final RecordingScalingMetrics metrics = new RecordingScalingMetrics();
    final ReplicaWriter writer = new ReplicaWriter(
            deployments, new Victims(calls, new RecordingAnnotator(journal)), new RecordingEvents(journal));

    static WorkerReport report(int busy) {
        return new WorkerReport(busy, 600, Map.of("orders", new Work(600, 0)));
    }

    static Probe at(String broker, int second, long published, long acked) {
        return new Probe.Seen(
                new Question(Set.of("orders"), Set.of(broker)),
                Map.of("orders", new QueueSample("orders", 0L, 0L, 1L, published, acked)),
                Duration.ZERO,
                NOW.plusSeconds(second));
    }

    PoolScaling scaling(String mode) {
        return scaling(pool(mode));
    }

    /// One that starts with nothing learned.
    PoolScaling scaling(TaskWorkerPool pool) {
        return new PoolScaling(pool, workloads, calls, writer, plan(), PoolState.EMPTY, metrics, Duration.ofSeconds(5));
    }

    static PoolPlan plan() {
        return new PoolPlan(new Neighbours(), new PodBudget(0, Map::of), Learned.NOTHING);
    }

    static TaskWorkerPool pool(String mode) {
        return Pools.pool("""
            queues: [{name: orders}]
            scaling: {mode: %s, objective: {backlogPerReplica: 10}, scaleDown: {stabilization: 0s}}
            """.formatted(mode));
    }

    static QueueSample sample(String queue, long ready) {
        return new QueueSample(queue, ready, 0L, 0L, 0L, 0L);
    }

    static Probe seen(long ready) {
        return seen(ready, NOW);
    }

    static Probe seen(long ready, Instant at) {
        return Probes.seen(Map.of("orders", sample("orders", ready)), at);
    }
}
