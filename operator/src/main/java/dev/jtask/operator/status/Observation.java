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
