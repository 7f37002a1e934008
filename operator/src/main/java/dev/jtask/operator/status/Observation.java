package dev.jtask.operator.status;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.broker.SecretReading;
import dev.jtask.operator.scaling.PoolView;
import dev.jtask.operator.workload.Rollout;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;

/// Everything a status is made of.
///
/// @param deployment what runs, empty when there is none
/// @param pods the pool's pods that are not on their way out
/// @param rollout what became of the last attempt to apply the Deployment
/// @param view what the scaling loop last saw, empty before its first look
public record Observation(
        TaskWorkerPool pool,
        SecretReading secret,
        Optional<Deployment> deployment,
        List<Pod> pods,
        Rollout rollout,
        Optional<PoolView> view) {

    public Observation {
        pods = List.copyOf(pods);
    }

    int replicas() {
        return deployment
                .map(Deployment::getStatus)
                .map(status -> status.getReplicas())
                .orElse(0);
    }

    int readyReplicas() {
        return deployment
                .map(Deployment::getStatus)
                .map(status -> status.getReadyReplicas())
                .orElse(0);
    }

    int wantedReplicas() {
        return deployment.map(found -> found.getSpec().getReplicas()).orElse(0);
    }
}
