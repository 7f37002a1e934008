package dev.jtask.operator.scaling;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.FakeBroker;
import dev.jtask.operator.fake.FakeDeployments;
import dev.jtask.operator.fake.FakeDepths;
import dev.jtask.operator.fake.FakeReports;
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
import dev.jtask.operator.secret.SecretReading;
import dev.jtask.operator.victim.Victims;
import dev.jtask.operator.watch.BrokerWatch;
import dev.jtask.operator.workload.DeploymentApi;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/// A loop with everything that it talks to.
abstract class ScalingLoopScene {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration TICK = Duration.ofSeconds(5);
    static final ResourceID SHOP = new ResourceID("shop", "default");
    static final SecretReading MISSING = new SecretReading.Missing("no Secret");

    final Journal journal = new Journal();
    final RecordingScalingMetrics metrics = new RecordingScalingMetrics();
    final SettableClock clock = new SettableClock(NOW);
    final FakeBroker broker = new FakeBroker(journal);
    final FakeDepths depths = new FakeDepths();
    final FakeDeployments deployments = new FakeDeployments(journal);
    final FakeWorkloads workloads = new FakeWorkloads();
    final FakeReports reports = new FakeReports();
    final KnownDeletions deletions = new KnownDeletions(clock::nanos);
    final RollCall calls = new RollCall(reports);
    final PodBudget budget = new PodBudget(1_000, Map::of);
    final RecordingEvents events = new RecordingEvents(journal);
    final List<ResourceID> changed = new ArrayList<>();
    /// What brokers call themselves, by address.
    final Map<String, String> names = new HashMap<>();
    boolean leads = true;
    final ScalingLoop loop = loop(deployments);

    ScalingLoop loop(DeploymentApi api) {
        return loop(api, Runnable::run);
    }

    /// @param aside runs what no pool's scaling waits for
    ScalingLoop loop(DeploymentApi api, Executor aside) {
        return new ScalingLoop(
                listener -> new BrokerWatch<>(
                        TICK,
                        Duration.ofSeconds(4),
                        access -> broker,
                        amqp -> depths,
                        new RecordingBrokerMetrics(),
                        clock,
                        clock::nanos,
                        Runnable::run,
                        listener),
                access -> Optional.ofNullable(names.get(access.management())),
                TICK,
                budget,
                workloads,
                calls,
                new ReplicaWriter(api, new Victims(calls, new RecordingAnnotator(journal)), events),
                metrics,
                new QueueDeclarer(events),
                new QueueCleaner(events, deletions),
                clock,
                changed::add,
                aside,
                () -> leads);
    }

    PoolView view() {
        return loop.view(SHOP).orElseThrow();
    }

    static TaskWorkerPool pool(String spec) {
        return Pools.pool(spec + "\nscaling: {objective: {backlogPerReplica: 10}, scaleDown: {stabilization: 0s}}");
    }

    /// Holds each scaling until it may go on.
    record SlowWrites(FakeDeployments deployments, CountDownLatch writing, CountDownLatch goOn)
            implements DeploymentApi {

        @Override
        public Optional<Deployment> find(String namespace, String name) {
            return deployments.find(namespace, name);
        }

        @Override
        public Deployment apply(Deployment deployment) {
            return deployments.apply(deployment);
        }

        @Override
        public Deployment scale(Deployment deployment, int replicas) {
            writing.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return deployments.scale(deployment, replicas);
        }

        @Override
        public void delete(Deployment deployment) {
            deployments.delete(deployment);
        }
    }
}
