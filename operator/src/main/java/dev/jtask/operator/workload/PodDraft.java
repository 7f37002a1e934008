package dev.jtask.operator.workload;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;

/// A pod template while its parts are put together.
final class PodDraft {

    final ObjectMetaBuilder metadata = new ObjectMetaBuilder();
    final ContainerBuilder worker = new ContainerBuilder();
    final PodSpecBuilder pod = new PodSpecBuilder();

    PodTemplateSpec build() {
        return new PodTemplateSpecBuilder()
                .withMetadata(metadata.build())
                .withSpec(pod.withContainers(worker.build()).build())
                .build();
    }
}
