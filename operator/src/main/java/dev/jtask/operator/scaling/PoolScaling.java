package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Budget;
import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.Plan;
import dev.jtask.autoscaler.PodSample;
import dev.jtask.autoscaler.Reason;
import dev.jtask.autoscaler.Replicas;
import dev.jtask.autoscaler.Share;
import dev.jtask.crds.v1alpha1.QueueSpec;
import dev.jtask.crds.v1alpha1.ScalingMode;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.report.WorkerReports;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.watch.Probe;
import dev.jtask.operator.workload.Pause;
import dev.jtask.operator.workload.PodReadiness;
import dev.jtask.operator.workload.Workloads;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The scaling of one pool: a look at its broker becomes a decision, a decision becomes replicas. Confined to one
/// thread at a time by its caller; only [#view()], [#pool()] and [#isEmpty()] are read by others.
final class PoolScaling {

    private final Workloads workloads;
    private final ReplicaWriter writer;
    private final Neighbours neighbours;
    private final PodBudget budget;
    private final PodSampler sampler;
    private final Decider decider;
    private final Hours hours = new Hours();

    private volatile TaskWorkerPool pool;
    private volatile @Nullable BrokerAccess broker;
    private volatile @Nullable PoolView view;
    private volatile boolean empty;
    private @Nullable Deployment written;
    private List<Change> changes = List.of();

    PoolScaling(
            TaskWorkerPool pool,
            Workloads workloads,
            WorkerReports reports,
            ReplicaWriter writer,
            Neighbours neighbours,
            PodBudget budget,
            Duration tick) {
        this.pool = pool;
        this.workloads = workloads;
        this.writer = writer;
        this.neighbours = neighbours;
        this.budget = budget;
        this.sampler = new PodSampler(reports);
        this.decider = new Decider(tick, Learned.of(pool));
    }

    Optional<PoolView> view() {
        return Optional.ofNullable(view);
    }

    TaskWorkerPool pool() {
        return pool;
    }

    /// Whether it has no pods, and a message that comes would change that.
    boolean isEmpty() {
        return empty;
    }

    void specIs(TaskWorkerPool newest) {
        pool = newest;
    }

    /// Before its first look a pool keeps what it has of the budget.
    void introduce() {
        var current = pool;
        budget.introduce(
                name(ResourceID.fromResource(current)),
                workloads.deployment(current).map(PoolScaling::replicas).orElse(0));
    }

    void brokerIs(BrokerAccess access) {
        broker = access;
    }

    /// @param refused why a queue could not be created, by queue
    /// @return whether the view of the pool changed
    boolean step(Probe probe, Map<String, String> refused) {
        var current = pool;
        var deployment = workloads.deployment(current).map(this::newest);
        var pods = workloads.pods(current);
        var desired = deployment.map(PoolScaling::replicas).orElse(0);
        var replicas = new Replicas(
                desired, (int) pods.stream().filter(PodReadiness::isReady).count());
        var decided = decider.decide(
                current.getSpec(), probe, replicas, samples(current, probe, pods), shares(current, replicas));
        var decision = planned(current, decided, replicas, probe.at());
        boolean acts = deployment.isPresent() && acts(current);
        int size = desired;
        if (acts && decision.replicas() != desired) {
            var scaled = writer.write(current, deployment.get(), pods, decision);
            size = replicas(scaled);
            written = size == desired ? written : scaled;
        }
        empty = acts && size == 0 && decision.reason() != Reason.Off;
        var before = view;
        note(before, current, decision, desired, size, probe.at());
        var now = new PoolView(
                probe,
                missing(current, probe),
                refused,
                decision,
                changes,
                hours.at(current.getSpec().scaling(), probe.at()).until());
        view = now;
        return before == null || !before.looksLike(now);
    }

    /// What was changed, and what would have been where the operator only recommends.
    private void note(
            @Nullable PoolView before, TaskWorkerPool current, Decision decision, int desired, int size, Instant at) {
        boolean recommends = current.getSpec().scaling().mode() == ScalingMode.RECOMMEND;
        int from = recommends && before != null ? before.decision().replicas() : desired;
        int to = recommends ? decision.replicas() : size;
        if (from != to) {
            changes = Change.with(changes, new Change(at, from, to, decision.reason(), decision.message()));
        }
    }

    private Decision planned(TaskWorkerPool current, Decision decided, Replicas replicas, Instant now) {
        var scaling = current.getSpec().scaling();
        if (scaling.mode() == ScalingMode.OFF) {
            claim(current, replicas.desired(), decided.replicas(), decided.replicas());
            return decided;
        }
        var range = hours.at(scaling, now);
        var planned = Plan.of(decided, replicas, Policies.directives(current, range));
        // what nobody sees is not taken away, and what the operator does not scale is not its to give
        boolean given = grows(current) && planned.reason() != Reason.Blind;
        int granted = given
                ? claim(current, replicas.desired(), range.floor(), planned.replicas())
                : claim(current, replicas.desired(), replicas.desired(), replicas.desired());
        return given ? Plan.budgeted(planned, granted, budget.pods(), scaling.priority()) : planned;
    }

    private int claim(TaskWorkerPool current, int holds, int floor, int wanted) {
        return budget.grant(
                new Budget.Claim(
                        name(ResourceID.fromResource(current)),
                        current.getSpec().scaling().priority(),
                        floor,
                        wanted),
                holds);
    }

    private static boolean grows(TaskWorkerPool pool) {
        return pool.getSpec().scaling().mode() == ScalingMode.AUTO && acts(pool) && !Pause.ofSize(pool);
    }

    /// As sentences name a pool.
    static String name(ResourceID id) {
        return id.getNamespace().orElse("") + "/" + id.getName();
    }

    private Map<String, Share> shares(TaskWorkerPool current, Replicas replicas) {
        var access = broker;
        if (access == null) {
            return Map.of();
        }
        var spec = current.getSpec();
        var id = ResourceID.fromResource(current);
        return neighbours.shares(
                id,
                new Capacity(
                        name(id),
                        Capacity.doors(access),
                        spec.queues().stream().map(QueueSpec::name).collect(Collectors.toSet()),
                        spec.concurrency(),
                        replicas.ready(),
                        grows(current) ? spec.scaling().maxReplicas() : replicas.ready()));
    }

    /// Pods are asked only where what they say is used.
    private List<PodSample> samples(TaskWorkerPool current, Probe probe, List<Pod> pods) {
        return current.getSpec().scaling().mode() == ScalingMode.OFF || probe instanceof Probe.Blind
                ? List.of()
                : sampler.sample(pods);
    }

    private static boolean acts(TaskWorkerPool pool) {
        return pool.getSpec().scaling().mode() != ScalingMode.RECOMMEND
                && !pool.isMarkedForDeletion()
                && !Pause.ofReconciliation(pool);
    }

    private static Set<String> missing(TaskWorkerPool pool, Probe probe) {
        var missing = new HashSet<String>();
        if (probe instanceof Probe.Seen seen) {
            pool.getSpec().queues().stream()
                    .map(QueueSpec::name)
                    .filter(name -> !seen.queues().containsKey(name))
                    .forEach(missing::add);
        }
        return missing;
    }

    /// The cache may not show yet what was written a moment ago.
    private Deployment newest(Deployment cached) {
        var mine = written;
        return mine != null
                        && mine.getMetadata()
                                .getUid()
                                .equals(cached.getMetadata().getUid())
                        && generation(mine) > generation(cached)
                ? mine
                : cached;
    }

    private static long generation(Deployment deployment) {
        var generation = deployment.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    private static int replicas(Deployment deployment) {
        var replicas = deployment.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }
}
