package dev.jtask.operator.reconcile;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.event.Events;
import dev.jtask.operator.queue.KnownDeletions;
import dev.jtask.operator.queue.QueueCleaner;
import dev.jtask.operator.scaling.ScalingLoop;
import dev.jtask.operator.secret.SecretReading;
import dev.jtask.operator.secret.Secrets;
import dev.jtask.operator.watch.Probe;
import dev.jtask.operator.workload.DeploymentApi;
import dev.jtask.operator.workload.Workloads;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;

/// The end of a pool, which takes longer when its queues go with it. Workers go first; then the scaling loop
/// deletes empty queues at its looks; a broker that does not answer holds the pool back only for a while.
public final class PoolDeletion {

    /// On pools that have queues to delete, and only on those.
    public static final String FINALIZER = "taskworkerpools.jtask.dev/finalizer";

    private final DeploymentApi deployments;
    private final Workloads workloads;
    private final Secrets secrets;
    private final ScalingLoop scaling;
    private final Events events;
    private final Pace pace;
    private final KnownDeletions deletions;

    public PoolDeletion(
            DeploymentApi deployments,
            Workloads workloads,
            Secrets secrets,
            ScalingLoop scaling,
            Events events,
            Pace pace,
            KnownDeletions deletions) {
        this.deployments = deployments;
        this.workloads = workloads;
        this.secrets = secrets;
        this.scaling = scaling;
        this.events = events;
        this.pace = pace;
        this.deletions = deletions;
    }

    /// Puts the finalizer on a living pool that needs it and takes it from one that no longer does.
    ///
    /// @return whether the pool is still there, as far as Kubernetes was asked
    boolean prepare(TaskWorkerPool pool, Context<TaskWorkerPool> context) {
        var needed = !QueueCleaner.doomed(pool).isEmpty();
        if (needed && !pool.hasFinalizer(FINALIZER)) {
            return hold(pool, context);
        }
        if (!needed && pool.hasFinalizer(FINALIZER)) {
            letGo(pool, context);
        }
        return true;
    }

    /// With the uid, which the SDK's own way leaves out: of a pool that is gone it would make one without a spec,
    /// and it would hold a namesake that has no queues to delete.
    private static boolean hold(TaskWorkerPool pool, Context<TaskWorkerPool> context) {
        var held = new TaskWorkerPool();
        held.setMetadata(new ObjectMetaBuilder()
                .withName(pool.getMetadata().getName())
                .withNamespace(pool.getMetadata().getNamespace())
                .withUid(pool.getMetadata().getUid())
                .withFinalizers(FINALIZER)
                .build());
        try {
            context.resourceOperations().serverSideApplyPrimary(held);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404 && e.getCode() != 409) {
                throw e;
            }
            return false;
        }
    }

    UpdateControl<TaskWorkerPool> reconcile(TaskWorkerPool pool, Context<TaskWorkerPool> context) {
        var id = ResourceID.fromResource(pool);
        // from here on
        deletions.age(pool);
        if (!pool.hasFinalizer(FINALIZER)) {
            // it is there only while somebody else's finalizer holds it
            scaling.forget(id);
            return UpdateControl.noUpdate();
        }
        workloads
                .deployment(pool)
                .filter(deployment -> !deployment.isMarkedForDeletion())
                .ifPresent(this::sendAway);
        var reading = secrets.read(
                pool.getMetadata().getNamespace(),
                pool.getSpec().broker().secretRef().name());
        scaling.update(pool, reading);
        if (!scaling.queuesAreSettled(id) && isWorthWaiting(pool, id, reading)) {
            return UpdateControl.<TaskWorkerPool>noUpdate().rescheduleAfter(pace.tick());
        }
        var left = !scaling.queuesAreSettled(id);
        // what is told has happened then, and is told once
        letGo(pool, context);
        if (left) {
            events.publish(
                    pool,
                    Announcement.warning(
                            "QueuesLeft",
                            "%s; delete by hand if wanted: %s"
                                    .formatted(whyLeft(reading), String.join(", ", deletions.left(pool)))));
        }
        return UpdateControl.noUpdate();
    }

    private static String whyLeft(SecretReading reading) {
        return switch (reading) {
            case SecretReading.Missing(var message) -> unasked(message);
            case SecretReading.Invalid(var message) -> unasked(message);
            case SecretReading.Unreadable(var message) -> unasked(message);
            case SecretReading.Usable usable ->
                "the broker did not answer, workers did not leave in time, or the broker of another pool with a queue of that name is not known";
        };
    }

    private static String unasked(String why) {
        return "the broker could not be asked: " + why;
    }

    /// In a namespace that is deleted the operator's Role goes with everything else: what it may no longer delete goes
    /// with the pool, whose it is.
    private void sendAway(Deployment deployment) {
        try {
            deployments.delete(deployment);
        } catch (KubernetesClientException e) {
            if (e.getCode() != 403) {
                throw e;
            }
        }
    }

    /// After a conflict the SDK looks again for what has the name: a namesake keeps its own.
    private static void letGo(TaskWorkerPool pool, Context<TaskWorkerPool> context) {
        var uid = pool.getMetadata().getUid();
        try {
            context.resourceOperations()
                    .conflictRetryingPatchPrimary(
                            there -> {
                                there.removeFinalizer(FINALIZER);
                                return there;
                            },
                            there -> there != null
                                    && uid.equals(there.getMetadata().getUid())
                                    && there.hasFinalizer(FINALIZER));
        } catch (KubernetesClientException e) {
            // the cache may still show a pool that is gone
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }

    /// Workers may use their whole drain time; a broker that cannot be asked is worth no more than the patience, and
    /// one whose Secret is gone, as in a namespace that is deleted, nothing.
    private boolean isWorthWaiting(TaskWorkerPool pool, ResourceID id, SecretReading reading) {
        if (reading instanceof SecretReading.Missing) {
            return false;
        }
        var answers = reading instanceof SecretReading.Usable
                && scaling.view(id)
                        .filter(view -> view.probe() instanceof Probe.Seen)
                        .isPresent();
        var longest = pace.deletionPatience().plus(answers ? pool.getSpec().drain() : Duration.ZERO);
        return deletions.age(pool).compareTo(longest) < 0;
    }

    /// Forgets a pool that is gone.
    void forget(TaskWorkerPool pool) {
        deletions.forget(pool);
    }
}
