package dev.jtask.operator.workload;

import dev.jtask.crds.v1alpha1.ScalingMode;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.secret.BrokerSecret;
import dev.jtask.operator.secret.SecretReading;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the Deployment of a pool what it shall be, and writes nothing when it is.
public final class Deployments {

    /// While pods start, their Deployment's status is written a few times within milliseconds.
    private static final int CLAIMS = 5;

    private final DesiredDeployment desired;
    private final Drift drift;
    private final DeploymentApi api;
    private final Standing standing = new Standing();
    private final LastSizes sizes = new LastSizes();

    public Deployments(DesiredDeployment desired, Drift drift, DeploymentApi api) {
        this.desired = desired;
        this.drift = drift;
        this.api = api;
    }

    /// @param cached the Deployment as last seen, perhaps not the newest; null when none was
    public Rollout roll(TaskWorkerPool pool, SecretReading reading, @Nullable Deployment cached) {
        if (cached != null) {
            sizes.seen(pool, cached);
        }
        if (Pause.ofReconciliation(pool)) {
            return new Rollout.Paused();
        }
        if (!(reading instanceof SecretReading.Usable(var secret))) {
            // new pods could not start, and those that run do not need the Secret
            return new Rollout.Held();
        }
        if (cached != null && standing.holds(pool, secret, cached)) {
            return new Rollout.Done();
        }
        Deployment wanted;
        try {
            wanted = desired.of(pool, secret);
        } catch (IllegalArgumentException e) {
            return new Rollout.Rejected("TemplateInvalid", String.valueOf(e.getMessage()));
        }
        try {
            return apply(pool, secret, wanted, cached);
        } catch (KubernetesClientException e) {
            return refused(wanted, e);
        }
    }

    /// Whether rolling the same out would write a Deployment, so that the Secret is worth a question.
    public boolean wouldWrite(TaskWorkerPool pool, SecretReading reading, @Nullable Deployment cached) {
        if (!(reading instanceof SecretReading.Usable(var secret)) || Pause.ofReconciliation(pool)) {
            return false;
        }
        if (cached == null) {
            return true;
        }
        if (cached.isMarkedForDeletion() || standing.holds(pool, secret, cached)) {
            return false;
        }
        try {
            return !isDone(pool, secret, desired.of(pool, secret), cached);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isDone(TaskWorkerPool pool, BrokerSecret secret, Deployment wanted, Deployment actual) {
        if (!drift.isNone(wanted, actual)) {
            return false;
        }
        if (!replicasAreUnclaimed(actual)) {
            standing.found(pool, secret, actual);
        }
        return true;
    }

    /// Forgets a pool that is gone.
    public void forget(TaskWorkerPool pool) {
        standing.forget(pool);
        sizes.forget(pool);
    }

    private static Rollout refused(Deployment wanted, KubernetesClientException e) {
        if (ApiWords.isOfItsSize(e)) {
            return new Rollout.Rejected(
                    "DeploymentRejected",
                    "Kubernetes refused the Deployment as too large; shorten spec.template: " + ApiWords.of(e));
        }
        return switch (ApiWords.isOfWhatWasSent(e) ? 422 : e.getCode()) {
            case 400, 422 ->
                new Rollout.Rejected(
                        "DeploymentRejected",
                        "Kubernetes refused the Deployment; correct spec.template: " + ApiWords.of(e) + places(wanted));
            case 401, 403 ->
                new Rollout.Rejected(
                        "DeploymentForbidden",
                        "Kubernetes forbids the Deployment; correct the operator's Role, or satisfy the quota or policy that is named: "
                                + ApiWords.of(e));
            default ->
                new Rollout.Failed("the Deployment could not be written (HTTP %d: %s); it is tried again"
                        .formatted(e.getCode(), ApiWords.of(e)));
        };
    }

    /// Whether a Deployment belongs to a pool.
    public static boolean isOwned(Deployment deployment, TaskWorkerPool pool) {
        return deployment.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(pool.getMetadata().getUid()));
    }

    private Rollout apply(TaskWorkerPool pool, BrokerSecret secret, Deployment wanted, @Nullable Deployment cached) {
        var metadata = wanted.getMetadata();
        var existing = Optional.ofNullable(cached).or(() -> api.find(metadata.getNamespace(), metadata.getName()));
        if (existing.isEmpty()) {
            create(pool, wanted);
            return new Rollout.Done();
        }
        var actual = existing.get();
        if (!isOwned(actual, pool)) {
            return taken(actual, pool);
        }
        if (actual.isMarkedForDeletion()) {
            return ending(actual.getMetadata());
        }
        if (replicasAreUnclaimed(actual)) {
            // created, but the operator ended before it took the replicas: applying would now reset them
            actual = claimed(actual);
        }
        if (!isDone(pool, secret, wanted, actual)) {
            drift.applied(api.apply(only(actual, wanted)));
        }
        return new Rollout.Done();
    }

    /// Of one that has just gone nothing may be made here: it would come without its size.
    private static Deployment only(Deployment actual, Deployment wanted) {
        return wanted.edit()
                .editMetadata()
                .withUid(actual.getMetadata().getUid())
                .endMetadata()
                .build();
    }

    /// Of a pool that was replaced the Deployment stays until the garbage collector comes.
    private static Rollout taken(Deployment actual, TaskWorkerPool pool) {
        var name = actual.getMetadata().getName();
        return actual.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> pool.getKind().equals(owner.getKind()) && name.equals(owner.getName()))
                ? new Rollout.Ending(
                        "the Deployment %s of the pool that had this name before is still there; it goes with that pool, and this one gets its own then"
                                .formatted(name))
                : new Rollout.Rejected(
                        "DeploymentConflict",
                        "a Deployment %s that is not this pool's exists; delete it or give the pool another name"
                                .formatted(name));
    }

    private static Rollout ending(ObjectMeta actual) {
        return new Rollout.Ending(
                "the Deployment %1$s is being deleted and goes when its pods have ended their tasks; the pool gets a new one then. To have that at once: kubectl patch deployment %1$s -n %2$s --type=json -p '[{\"op\": \"remove\", \"path\": \"/metadata/finalizers\"}]'"
                        .formatted(actual.getName(), actual.getNamespace()));
    }

    private void create(TaskWorkerPool pool, Deployment wanted) {
        var replicas = initialReplicas(pool);
        var created = api.apply(
                wanted.edit().editSpec().withReplicas(replicas).endSpec().build());
        drift.applied(created);
        claimed(created);
    }

    /// Takes the replicas as they are: who has changed them since they were read is not written over.
    private Deployment claimed(Deployment read) {
        var there = read;
        for (int tries = 1; replicasAreUnclaimed(there); tries++) {
            try {
                return api.scale(there, replicas(there));
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || tries == CLAIMS) {
                    throw e;
                }
                // each status that is written meanwhile is another version
                there = again(there.getMetadata()).orElseThrow(() -> e);
            }
        }
        return there;
    }

    private Optional<Deployment> again(ObjectMeta read) {
        return api.find(read.getNamespace(), read.getName())
                .filter(found -> read.getUid().equals(found.getMetadata().getUid()));
    }

    private static int replicas(Deployment deployment) {
        return Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
    }

    private int initialReplicas(TaskWorkerPool pool) {
        var scaling = pool.getSpec().scaling();
        @Nullable Integer fixed = pool.getSpec().replicas();
        return scaling.mode() == ScalingMode.OFF && fixed != null
                ? fixed
                : Math.max(scaling.minReplicas(), sizes.of(pool));
    }

    private static boolean replicasAreUnclaimed(Deployment deployment) {
        return Owners.entries(deployment).stream().noneMatch(entry -> Labels.SCALER.equals(entry.getManager()));
    }

    private static String places(Deployment wanted) {
        var wrong = Quantities.wrong(wanted.getSpec().getTemplate().getSpec());
        return wrong.isEmpty() ? "" : "; no quantity is " + String.join(", ", wrong);
    }
}
