package dev.jtask.operator.reconcile;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.cluster.EventSources;
import dev.jtask.operator.event.Events;
import dev.jtask.operator.leadership.Leadership;
import dev.jtask.operator.scaling.ScalingLoop;
import dev.jtask.operator.secret.SecretReading;
import dev.jtask.operator.status.Observation;
import dev.jtask.operator.status.Statuses;
import dev.jtask.operator.workload.Deployments;
import dev.jtask.operator.workload.Labels;
import dev.jtask.operator.workload.Pause;
import dev.jtask.operator.workload.Rollout;
import dev.jtask.operator.workload.Workloads;
import dev.jtask.protocol.text.Beginning;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a pool's Deployment what its spec asks for and its status what is so. It talks to Kubernetes only: brokers are
/// the scaling loop's business, which it tells of the pool and whose view it shows.
@ControllerConfiguration(
        name = "taskworkerpool",
        fieldManager = Labels.OPERATOR,
        // the finalizer is there only while queues have to be deleted, so it is handled here
        triggerReconcilerOnAllEvents = true)
public final class TaskWorkerPoolReconciler implements Reconciler<TaskWorkerPool> {

    private static final Logger LOG = LoggerFactory.getLogger(TaskWorkerPoolReconciler.class);

    private static final int LONGEST_CAUSE = 1_000;

    private static final String TOKENLESS = "TokenSecretMissing";

    private final Pace pace;
    private final Retries retries;
    private final StatusBudget budget;
    private final ToldNews told = new ToldNews();
    private final EventSources sources;
    private final Workloads workloads;
    private final UsedSecrets secrets;
    private final Deployments deployments;
    private final ScalingLoop scaling;
    private final PoolGauges gauges;
    private final PoolDeletion deletion;
    private final Events events;
    private final Clock clock;
    private final Leadership leadership;
    private final KnownPools known;

    TaskWorkerPoolReconciler(
            Pace pace,
            EventSources sources,
            Workloads workloads,
            UsedSecrets secrets,
            Deployments deployments,
            ScalingLoop scaling,
            PoolGauges gauges,
            PoolDeletion deletion,
            Events events,
            Clock clock,
            Leadership leadership,
            KnownPools known) {
        this.pace = pace;
        this.retries = new Retries(pace);
        this.budget = new StatusBudget(pace.quiet());
        this.sources = sources;
        this.workloads = workloads;
        this.secrets = secrets;
        this.deployments = deployments;
        this.scaling = scaling;
        this.gauges = gauges;
        this.deletion = deletion;
        this.events = events;
        this.clock = clock;
        this.leadership = leadership;
        this.known = known;
    }

    @Override
    public List<EventSource<?, TaskWorkerPool>> prepareEventSources(EventSourceContext<TaskWorkerPool> context) {
        return sources.open(context);
    }

    @Override
    public UpdateControl<TaskWorkerPool> reconcile(TaskWorkerPool pool, Context<TaskWorkerPool> context) {
        if (context.isPrimaryResourceDeleted()) {
            return forget(pool);
        }
        known.replacedBy(pool).map(uid -> named(pool, uid)).ifPresent(this::forgetAllOf);
        if (!leadership.holds()) {
            return UpdateControl.<TaskWorkerPool>noUpdate().rescheduleAfter(pace.tick());
        }
        try {
            return pool.isMarkedForDeletion() ? reconcileLeaving(pool, context) : reconcileLiving(pool, context);
        } catch (RuntimeException | Error e) {
            // the SDK reconciles a pool that threw an error never again
            return failed(pool, e);
        }
    }

    private UpdateControl<TaskWorkerPool> reconcileLeaving(TaskWorkerPool pool, Context<TaskWorkerPool> context) {
        secrets.forget(ResourceID.fromResource(pool));
        return deletion.reconcile(pool, context);
    }

    private UpdateControl<TaskWorkerPool> reconcileLiving(TaskWorkerPool pool, Context<TaskWorkerPool> context) {
        if (!deletion.prepare(pool, context)) {
            // the cache shows it still; whatever is there now comes with an event of its own
            return UpdateControl.<TaskWorkerPool>noUpdate().rescheduleAfter(pace.tick());
        }
        var seen = observeAndApply(pool);
        var status = Statuses.compute(seen, clock.instant());
        gauges.show(pool, status);
        return write(pool, status, nextLook(seen));
    }

    /// An error is the pool's own news and no end: it is told, and tried again for ever.
    private UpdateControl<TaskWorkerPool> failed(TaskWorkerPool pool, Throwable e) {
        LOG.warn(
                "pool {}: reconciling failed, tried again: {}",
                ResourceID.fromResource(pool),
                Beginning.of(e.toString(), LONGEST_CAUSE));
        var message = "the pool could not be reconciled (%s); it is tried again, the operator's log has more"
                .formatted(Beginning.of(String.valueOf(e.getMessage()), LONGEST_CAUSE));
        return write(
                pool, Statuses.failed(pool, message, clock.instant()), retries.after(ResourceID.fromResource(pool)));
    }

    private UpdateControl<TaskWorkerPool> write(TaskWorkerPool pool, TaskWorkerPoolStatus status, Duration next) {
        var id = ResourceID.fromResource(pool);
        var waits = budget.waits(id, pool.getStatus(), status, clock.instant());
        if (waits.isEmpty()) {
            told.ofStored(id, pool.getStatus(), status).forEach(news -> events.publish(pool, news));
        }
        if (waits.isEmpty() || waits.get().isPositive()) {
            var soonest = Collections.min(List.of(next, waits.orElse(next)));
            return UpdateControl.<TaskWorkerPool>noUpdate().rescheduleAfter(soonest);
        }
        told.of(id, pool.getStatus(), status).forEach(news -> events.publish(pool, news));
        if (!leadership.holds()) {
            return UpdateControl.<TaskWorkerPool>noUpdate().rescheduleAfter(next);
        }
        return UpdateControl.patchStatus(statusOnly(pool, status)).rescheduleAfter(next);
    }

    private Observation observeAndApply(TaskWorkerPool pool) {
        var id = ResourceID.fromResource(pool);
        var deployment = workloads.deployment(pool).orElse(null);
        var secret = readSecret(pool, deployment);
        var rollout = roll(pool, secret, deployment);
        scaling.update(pool, secret);
        return new Observation(
                pool,
                secret,
                workloads.deployment(pool).orElse(null),
                workloads.pods(pool),
                rollout,
                scaling.view(id).orElse(null));
    }

    /// Pods that were made of what a Secret said before would be rolled out once more.
    private SecretReading readSecret(TaskWorkerPool pool, @Nullable Deployment deployment) {
        var known = secrets.read(pool);
        var rejected = scaling.view(ResourceID.fromResource(pool))
                .filter(view -> view.hasRejectedCredentials())
                .isPresent();
        return rejected || deployments.wouldWrite(pool, known, deployment) ? secrets.readAnew(pool) : known;
    }

    /// Pods that could not start are not rolled out in place of those that work.
    private Rollout roll(TaskWorkerPool pool, SecretReading secret, @Nullable Deployment deployment) {
        var tokenless = secrets.lookForToken(pool);
        return tokenless.isPresent() && secret instanceof SecretReading.Usable && !Pause.ofReconciliation(pool)
                ? new Rollout.Rejected(TOKENLESS, tokenless.get())
                : deployments.roll(pool, secret, deployment);
    }

    private Duration nextLook(Observation seen) {
        var id = ResourceID.fromResource(seen.pool());
        if (seen.rollout() instanceof Rollout.Failed
                || seen.rollout() instanceof Rollout.Ending
                || seen.secret() instanceof SecretReading.Unreadable) {
            return retries.after(id);
        }
        retries.reset(id);
        if (waitsForSecret(seen)) {
            return pace.tick();
        }
        return seen.waitsForNothing() ? pace.calm() : pace.quiet();
    }

    /// That a Secret came is no event, and those that are of no use are not looked through for it.
    private static boolean waitsForSecret(Observation seen) {
        var view = seen.view();
        return !(seen.secret() instanceof SecretReading.Usable)
                || (view != null && view.hasRejectedCredentials())
                || (seen.rollout() instanceof Rollout.Rejected rejected
                        && rejected.reason().equals(TOKENLESS));
    }

    private UpdateControl<TaskWorkerPool> forget(TaskWorkerPool pool) {
        known.isGone(ResourceID.fromResource(pool));
        forgetAllOf(pool);
        return UpdateControl.noUpdate();
    }

    private void forgetAllOf(TaskWorkerPool pool) {
        var id = ResourceID.fromResource(pool);
        scaling.forget(id);
        deployments.forget(pool);
        deletion.forget(pool);
        gauges.forget(id);
        retries.reset(id);
        budget.forget(id);
        secrets.forget(id);
        told.forget(id);
    }

    private static TaskWorkerPool statusOnly(TaskWorkerPool pool, TaskWorkerPoolStatus status) {
        // a namesake that came meanwhile is another pool
        var result = named(pool, pool.getMetadata().getUid());
        result.setStatus(status);
        return result;
    }

    /// Nothing but a pool of that name.
    private static TaskWorkerPool named(TaskWorkerPool pool, String uid) {
        var result = new TaskWorkerPool();
        result.setMetadata(new ObjectMetaBuilder()
                .withName(pool.getMetadata().getName())
                .withNamespace(pool.getMetadata().getNamespace())
                .withUid(uid)
                .build());
        return result;
    }
}
