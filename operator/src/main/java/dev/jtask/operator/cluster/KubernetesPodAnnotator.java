package dev.jtask.operator.cluster;

import dev.jtask.operator.leadership.Leadership;
import dev.jtask.operator.victim.PodAnnotator;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;

/// Annotates pods by a merge patch, which cannot create one.
public final class KubernetesPodAnnotator implements PodAnnotator {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private final Leadership leadership;

    /// @param leadership asked before every write
    public KubernetesPodAnnotator(KubernetesClient client, Leadership leadership) {
        this.client = client;
        this.leadership = leadership;
    }

    @Override
    public void annotate(Pod pod, String key, String value) {
        leadership.require();
        var patch = Map.of("metadata", Map.of("annotations", Map.of(key, value)));
        try {
            client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .patch(MERGE, client.getKubernetesSerialization().asJson(patch));
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }
}
