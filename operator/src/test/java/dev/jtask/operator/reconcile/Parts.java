package dev.jtask.operator.reconcile;

import dev.jtask.operator.cluster.EventSources;
import dev.jtask.operator.fake.FakeBroker;
import dev.jtask.operator.fake.FakeDeployments;
import dev.jtask.operator.fake.FakeDepths;
import dev.jtask.operator.fake.FakeReports;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.FakeWorkloads;
import dev.jtask.operator.fake.Journal;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.RecordingAnnotator;
import dev.jtask.operator.fake.RecordingBrokerMetrics;
import dev.jtask.operator.fake.RecordingEvents;
import dev.jtask.operator.fake.RecordingScalingMetrics;
import dev.jtask.operator.fake.SettableClock;
import dev.jtask.operator.queue.KnownDeletions;
import dev.jtask.operator.queue.QueueCleaner;
import dev.jtask.operator.queue.QueueDeclarer;
import dev.jtask.operator.report.RollCall;
import dev.jtask.operator.scaling.PodBudget;
import dev.jtask.operator.scaling.ReplicaWriter;
import dev.jtask.operator.scaling.ScalingLoop;
import dev.jtask.operator.secret.BrokerHosts;
import dev.jtask.operator.secret.MetricsTokens;
import dev.jtask.operator.secret.Secrets;
import dev.jtask.operator.secret.ShortHosts;
import dev.jtask.operator.victim.Victims;
import dev.jtask.operator.watch.BrokerWatch;
import dev.jtask.operator.workload.Deployments;
import dev.jtask.operator.workload.DesiredDeployment;
import dev.jtask.operator.workload.Drift;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The operator without Kubernetes, a broker, threads and time: every part is its own, every port a fake.
final class Parts {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final ResourceID SHOP = new ResourceID("shop", "default");
    static final Pace PACE = Pace.of(Duration.ofSeconds(5), Duration.ofSeconds(60));

    volatile boolean leads = true;
    final Journal journal = new Journal();
    final SettableClock clock = new SettableClock(NOW);
    final FakeBroker broker = new FakeBroker(journal);
    final FakeDepths depths = new FakeDepths();
    final FakeDeployments deployments = new FakeDeployments(journal);
    final FakeWorkloads workloads = new FakeWorkloads();
    final FakeSecrets source = new FakeSecrets().usable();
    final Secrets secrets = new Secrets(source, BrokerHosts.ANY, ShortHosts.AS_THEY_ARE, Duration.ofSeconds(30), clock);
    final MetricsTokens tokens = new MetricsTokens(source, Duration.ofSeconds(30), clock);
    final KnownDeletions deletions = new KnownDeletions(clock::nanos);
    final RollCall calls = new RollCall(new FakeReports());
    final RecordingEvents events = new RecordingEvents(journal);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ScalingLoop scaling = new ScalingLoop(
            listener -> new BrokerWatch<>(
                    PACE.tick(),
                    Duration.ofSeconds(4),
                    access -> broker,
                    amqp -> depths,
                    new RecordingBrokerMetrics(),
                    clock,
                    clock::nanos,
                    Runnable::run,
                    listener),
            access -> Optional.empty(),
            PACE.tick(),
            new PodBudget(0, Map::of),
            workloads,
            calls,
            new ReplicaWriter(deployments, new Victims(calls, new RecordingAnnotator(journal)), events),
            new RecordingScalingMetrics(),
            new QueueDeclarer(events),
            new QueueCleaner(events, deletions),
            clock,
            pool -> {},
            Runnable::run,
            () -> leads);
    /// What the SDK was told of again.
    final List<ResourceID> woken = new ArrayList<>();
    final UsedSecrets used = new UsedSecrets(secrets, tokens, woken::add);
    final KnownPools known = new KnownPools(workloads, woken::add);
    final PoolDeletion deletion = new PoolDeletion(deployments, workloads, secrets, scaling, events, PACE, deletions);
    final TaskWorkerPoolReconciler reconciler = new TaskWorkerPoolReconciler(
            PACE,
            new EventSources(),
            workloads,
            used,
            new Deployments(new DesiredDeployment(Pools.YAML), new Drift(Pools.YAML), deployments),
            scaling,
            new PoolGauges(meters),
            deletion,
            events,
            clock,
            () -> leads,
            known);

    /// The cache catches up with what was written.
    void showWhatWasWritten() {
        workloads.show(deployments.find("default", "shop").orElse(null));
    }
}
