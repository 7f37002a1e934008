package dev.jtask.operator.status;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.scaling.PoolView;
import dev.jtask.operator.secret.SecretReading;
import dev.jtask.operator.workload.Rollout;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything a status is made of.
///
/// @param deployment what runs, null when there is none
/// @param pods the pool's active pods
/// @param rollout what became of the last attempt to apply the Deployment
/// @param view what the scaling loop last saw, null before its first look
public record Observation(
        TaskWorkerPool pool,
        SecretReading secret,
        @Nullable Deployment deployment,
        List<Pod> pods,
        Rollout rollout,
        @Nullable PoolView view) {

    public Observation {
        pods = List.copyOf(pods);
    }

    /// Whether nothing can become true of the pool of which no event, no look at its broker and no changed Secret
    /// tells.
    public boolean waitsForNothing() {
        return switch (rollout) {
            case Rollout.Done done -> view != null && deployment != null && !Ready.mayComeToNotConsume(this);
            case Rollout.Paused paused -> view != null && !Ready.mayComeToNotConsume(this);
            // whoever refuses it says nothing when he no longer would
            case Rollout.Held held -> false;
            case Rollout.Failed failed -> false;
            case Rollout.Ending ending -> false;
            case Rollout.Rejected rejected -> false;
        };
    }

    int replicas() {
        return Optional.ofNullable(deployment)
                .map(Deployment::getStatus)
                .map(status -> status.getReplicas())
                .orElse(0);
    }

    int readyReplicas() {
        return Optional.ofNullable(deployment)
                .map(Deployment::getStatus)
                .map(status -> status.getReadyReplicas())
                .orElse(0);
    }

    int wantedReplicas() {
        return Optional.ofNullable(deployment)
                .map(found -> found.getSpec().getReplicas())
                .orElse(0);
    }
}
