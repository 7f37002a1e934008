package dev.jtask.local.kubernetes.node;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import java.util.List;

/// The counts in the status of a Deployment.
final class DeploymentStatuses {

    private DeploymentStatuses() {}

    /// @param pods all that are not ending
    static DeploymentStatus of(Deployment deployment, Wanted wanted, List<PodFacts> pods) {
        int ready = (int) pods.stream().filter(PodFacts::isReady).count();
        int updated = (int) pods.stream()
                .filter(pod -> pod.templateHash().equals(wanted.templateHash()))
                .count();
        return new DeploymentStatusBuilder()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(pods.size())
                .withReadyReplicas(ready)
                .withAvailableReplicas(ready)
                .withUpdatedReplicas(updated)
                .withUnavailableReplicas(Math.max(0, wanted.replicas() - ready))
                .build();
    }
}
