package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.PodSample;
import dev.jtask.autoscaler.PoolState;
import dev.jtask.autoscaler.Reason;
import dev.jtask.autoscaler.Replicas;
import dev.jtask.crds.v1alpha1.QueueSpec;
import dev.jtask.crds.v1alpha1.ScalingMode;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolSpec;
import dev.jtask.operator.report.RollCall;
import dev.jtask.operator.watch.Probe;
import dev.jtask.operator.workload.Owners;
import dev.jtask.operator.workload.PodReadiness;
import dev.jtask.operator.workload.PodTerms;
import dev.jtask.operator.workload.Workloads;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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
    private final PoolPlan plan;
    private final PodSampler sampler;
    private final Decider decider;
    private final ScalingMetrics metrics;
    private final Contest contest = new Contest();

    private volatile TaskWorkerPool pool;
    private volatile @Nullable PoolView view;
    private volatile boolean empty;
    private @Nullable Deployment written;
    private List<Change> changes = List.of();

    /// @param known of the pool before its first look
    PoolScaling(
            TaskWorkerPool pool,
            Workloads workloads,
            RollCall calls,
            ReplicaWriter writer,
            PoolPlan plan,
            PoolState known,
            ScalingMetrics metrics,
            Duration tick) {
        this.pool = pool;
        this.workloads = workloads;
        this.writer = writer;
        this.plan = plan;
        this.metrics = metrics;
        this.sampler = new PodSampler(calls);
        this.decider = new Decider(tick, known);
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

    PoolPlan plan() {
        return plan;
    }

    /// Pods that its Deployment asks for.
    int size() {
        return workloads.deployment(pool).map(PoolScaling::replicas).orElse(0);
    }

    /// @param refused why a queue could not be created, by queue
    /// @return whether the view of the pool changed
    boolean step(Probe probe, Map<String, String> refused) {
        var current = pool;
        var deployment = workloads.deployment(current).map(this::newest);
        deployment.ifPresent(newest -> compare(newest, current, probe.at()));
        var pods = workloads.pods(current);
        var desired = deployment.map(PoolScaling::replicas).orElse(0);
        var replicas = new Replicas(
                desired, (int) pods.stream().filter(PodReadiness::isReady).count());
        var terms = terms(current.getSpec(), deployment.orElse(null), pods);
        var decided = decider.decide(
                current.getSpec(),
                terms,
                probe,
                replicas,
                samples(current, probe, pods),
                plan.shares(current, terms.slots(), replicas, probe.at()));
        var decision = plan.of(current, decided, replicas, probe.at());
        // of one that is being deleted Kubernetes makes no pods
        boolean acts = deployment.filter(found -> !found.isMarkedForDeletion()).isPresent() && PoolPlan.acts(current);
        int size = desired;
        @Nullable String hindrance = null;
        if (acts && decision.replicas() != desired && !contest.holds(desired, decision.replicas(), probe.at())) {
            var done = writer.write(current, deployment.get(), pods, decision);
            hindrance = done.hindrance();
            size = replicas(done.deployment());
            note(done, decision.replicas(), desired, probe.at());
        }
        if (acts && hindrance == null) {
            hindrance = contest.hindrance(decision.replicas() == size, probe.at());
        }
        empty = acts && size == 0 && decision.reason() != Reason.Off;
        metrics.decided(ResourceID.fromResource(current), decision.reason());
        var before = view;
        note(before, current, decision, desired, size, probe.at());
        var now = new PoolView(
                probe,
                missing(current, probe),
                ofThese(current, refused),
                decision,
                changes,
                plan.nextWindow(current, probe.at()),
                hindrance);
        view = now;
        return before == null || !before.looksLike(now);
    }

    /// What somebody else sizes needs no drain, which may be one that cannot be read.
    private static PodTerms terms(TaskWorkerPoolSpec spec, @Nullable Deployment deployment, List<Pod> pods) {
        return spec.scaling().mode() == ScalingMode.OFF
                ? new PodTerms(Duration.ZERO, PodTerms.slots(spec, deployment))
                : PodTerms.of(spec, deployment, pods);
    }

    /// After a step that did not end: nobody looks into a log for a pool that keeps its size.
    ///
    /// @return whether the view of the pool changed
    boolean failed(Probe probe, Map<String, String> refused, Throwable cause) {
        var before = view;
        int size = size();
        // what no schema lets through is in pools that are older than it
        var message = cause instanceof IllegalArgumentException
                ? "the pool cannot be sized: %s; holding %d, correct the spec".formatted(cause.getMessage(), size)
                : "the pool could not be sized (%s); holding %d, it is tried again at each look".formatted(cause, size);
        var known = before == null ? PoolState.EMPTY : before.decision().next();
        var now = new PoolView(
                probe,
                missing(pool, probe),
                ofThese(pool, refused),
                Decision.failed(size, message, known),
                changes,
                null,
                null);
        view = now;
        return before == null || !before.looksLike(now);
    }

    /// Between looks.
    ///
    /// @param refused why a queue could not be created, by queue
    /// @return whether the view of the pool changed
    boolean refusedAre(Map<String, String> refused) {
        var before = view;
        if (before == null) {
            return false;
        }
        var now = before.refusing(ofThese(pool, refused));
        view = now;
        return !before.looksLike(now);
    }

    private void note(ReplicaWriter.Written done, int wanted, int before, Instant at) {
        int size = replicas(done.deployment());
        if (size != before) {
            written = done.deployment();
        }
        if (done.overruled()) {
            contest.overruled(wanted, size, String.valueOf(done.hindrance()), at);
        } else if (size != before) {
            contest.stays(at);
        }
    }

    /// What was changed, and what would have been where the operator only recommends.
    private void note(
            @Nullable PoolView before, TaskWorkerPool current, Decision decision, int desired, int size, Instant at) {
        boolean recommends = current.getSpec().scaling().mode() == ScalingMode.RECOMMEND;
        int from = recommends && before != null ? before.decision().replicas() : desired;
        int to = recommends ? decision.replicas() : size;
        if (from != to) {
            metrics.changed(ResourceID.fromResource(current), decision.reason(), to - from);
            changes = Change.with(changes, new Change(at, from, to, decision.reason(), decision.message()));
        }
    }

    /// Pods are asked only where what they say is used.
    private List<PodSample> samples(TaskWorkerPool current, Probe probe, List<Pod> pods) {
        return current.getSpec().scaling().mode() == ScalingMode.OFF || probe instanceof Probe.Blind
                ? List.of()
                : sampler.sample(pods, queues(current));
    }

    /// What was refused to an older spec is no longer so.
    private static Map<String, String> ofThese(TaskWorkerPool pool, Map<String, String> refused) {
        var ofThese = new HashMap<>(refused);
        ofThese.keySet().retainAll(queues(pool));
        return ofThese;
    }

    private static Set<String> queues(TaskWorkerPool pool) {
        return pool.getSpec().queues().stream().map(QueueSpec::name).collect(Collectors.toSet());
    }

    private static Set<String> missing(TaskWorkerPool pool, Probe probe) {
        var missing = new HashSet<String>();
        if (probe instanceof Probe.Seen seen) {
            queues(pool).stream().filter(seen::lacks).forEach(missing::add);
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

    /// Whoever writes over a size once may do so for ever.
    private void compare(Deployment newest, TaskWorkerPool current, Instant at) {
        var mine = written;
        if (mine == null || mine.equals(newest) || replicas(mine) == replicas(newest)) {
            return;
        }
        if (mine.getMetadata().getUid().equals(newest.getMetadata().getUid())) {
            var mode = current.getSpec().scaling().mode();
            contest.overwritten(replicas(mine), replicas(newest), Owners.ofReplicas(newest), mode, at);
        }
        written = null;
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
