package dev.jtask.operator.workload;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;

/// Deployments in Kubernetes. Every method may throw `KubernetesClientException`.
public interface DeploymentApi {

    Optional<Deployment> find(String namespace, String name);

    /// Makes the Deployment have what is given; fields that were given before and are no longer disappear. One with a
    /// uid is never created, but refused (409) where there is none of that uid.
    Deployment apply(Deployment deployment);

    /// Sets how many replicas an existing Deployment shall have, whoever said otherwise before. One with a
    /// resourceVersion is refused (409) where there is another of it by now.
    Deployment scale(Deployment deployment, int replicas);

    /// Deletes that Deployment, by its uid: no namesake, and nothing where it is gone.
    void delete(Deployment deployment);
}
