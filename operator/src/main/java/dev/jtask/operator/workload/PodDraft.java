package dev.jtask.operator.workload;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.SortedMap;

/// A pod template while its parts are put together.
final class PodDraft {

    final ObjectMetaBuilder metadata = new ObjectMetaBuilder();
    final ContainerBuilder worker = new ContainerBuilder();
    final PodSpecBuilder pod = new PodSpecBuilder();

    /// Shows keys of a Secret to the worker as files of their names; no value is copied.
    ///
    /// @param files variables with the files' paths, by the Secret's keys
    void mount(String secret, String volume, String folder, SortedMap<String, String> files) {
        var source = pod.addNewVolume().withName(volume).withNewSecret().withSecretName(secret);
        files.keySet()
                .forEach(key -> source.addNewItem().withKey(key).withPath(key).endItem());
        source.endSecret().endVolume();
        worker.addNewVolumeMount()
                .withName(volume)
                .withMountPath(folder)
                .withReadOnly(true)
                .endVolumeMount();
        files.forEach((key, variable) -> worker.addNewEnv()
                .withName(variable)
                .withValue(folder + "/" + key)
                .endEnv());
    }

    PodTemplateSpec build() {
        return new PodTemplateSpecBuilder()
                .withMetadata(metadata.build())
                .withSpec(pod.withContainers(worker.build()).build())
                .build();
    }
}
