package dev.jtask.local.kubernetes.node;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;

/// The pods of a Deployment. They belong to it directly: this node has no ReplicaSets between them.
final class PodFactory {

    static final String NODE = "local";
    static final String TEMPLATE_HASH = "pod-template-hash";

    private PodFactory() {}

    /// @param suffix makes the name unique among the Deployment's pods
    static Pod pod(Deployment deployment, String templateHash, String suffix) {
        var template = deployment.getSpec().getTemplate();
        var metadata = deployment.getMetadata();
        var annotations = template.getMetadata().getAnnotations();
        return new PodBuilder()
                .withNewMetadata()
                .withName("%s-%s-%s".formatted(metadata.getName(), templateHash, suffix))
                .withNamespace(metadata.getNamespace())
                .withLabels(template.getMetadata().getLabels())
                .addToLabels(TEMPLATE_HASH, templateHash)
                .withAnnotations(annotations)
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("apps/v1")
                        .withKind("Deployment")
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .withController(true)
                        .build())
                .endMetadata()
                .withNewSpecLike(template.getSpec())
                .withNodeName(NODE)
                .endSpec()
                .build();
    }
}
