package dev.jtask.operator.cluster;

import dev.jtask.operator.workload.DeploymentApi;
import dev.jtask.operator.workload.Labels;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/// Deployments by server-side apply.
///
/// Replicas have a field manager of their own: what the operator applies never mentions them, so applying can neither
/// reset nor release them.
public final class KubernetesDeploymentApi implements DeploymentApi {

    private final KubernetesClient client;

    public KubernetesDeploymentApi(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Optional<Deployment> find(String namespace, String name) {
        return Optional.ofNullable(client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    @Override
    public Deployment apply(Deployment deployment) {
        return client.resource(deployment)
                .fieldManager(Labels.OPERATOR)
                .forceConflicts()
                .serverSideApply();
    }

    @Override
    public Deployment scale(Deployment deployment, int replicas) {
        var metadata = deployment.getMetadata();
        var scaled = new DeploymentBuilder()
                .withNewMetadata()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                // with the uid this can only change that Deployment, never create one
                .withUid(metadata.getUid())
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
        return client.resource(scaled)
                .fieldManager(Labels.SCALER)
                .forceConflicts()
                .serverSideApply();
    }

    @Override
    public void delete(Deployment deployment) {
        client.resource(deployment).delete();
    }
}
