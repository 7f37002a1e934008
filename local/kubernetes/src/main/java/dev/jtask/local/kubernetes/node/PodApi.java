package dev.jtask.local.kubernetes.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the node reads and writes in Kubernetes.
final class PodApi implements ContainerEnvironment.Secrets {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;

    PodApi(KubernetesClient client) {
        this.client = client;
    }

    Pod create(Pod pod) {
        return client.resource(pod).create();
    }

    /// The pods of this node in a namespace, as they are now.
    List<Pod> list(String namespace) {
        return client.pods().inNamespace(namespace).list().getItems();
    }

    void writeStatus(Pod pod, PodStatus status) {
        unlessGone(() -> resource(pod).subresource("status").patch(MERGE, json(status)));
    }

    void writeStatus(Deployment deployment, DeploymentStatus status) {
        unlessGone(() -> client.apps()
                .deployments()
                .inNamespace(deployment.getMetadata().getNamespace())
                .withName(deployment.getMetadata().getName())
                .subresource("status")
                .patch(MERGE, json(status)));
    }

    /// Marks the pod as ending; it stays until [#remove(Pod)].
    void markEnding(Pod pod) {
        unlessGone(() -> resource(pod).delete());
    }

    void remove(Pod pod) {
        unlessGone(() -> resource(pod).withGracePeriod(0).delete());
    }

    /// Deletes a Deployment whose owner is gone, as Kubernetes' garbage collector would.
    void collect(Deployment deployment) {
        for (var owner : deployment.getMetadata().getOwnerReferences()) {
            var found = client.genericKubernetesResources(owner.getApiVersion(), owner.getKind())
                    .inNamespace(deployment.getMetadata().getNamespace())
                    .withName(owner.getName())
                    .get();
            if (found == null || !found.getMetadata().getUid().equals(owner.getUid())) {
                unlessGone(() -> client.resource(deployment).delete());
            }
        }
    }

    @Override
    public Optional<String> value(String namespace, String name, String key) {
        var secret = client.secrets().inNamespace(namespace).withName(name).get();
        return Optional.ofNullable(secret)
                .map(found -> found.getData())
                .map(data -> data.get(key))
                .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
    }

    private PodResource resource(Pod pod) {
        return client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName());
    }

    private String json(Object status) {
        return client.getKubernetesSerialization().asJson(Map.of("status", status));
    }

    private static void unlessGone(Runnable write) {
        try {
            write.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND) {
                throw e;
            }
        }
    }
}
