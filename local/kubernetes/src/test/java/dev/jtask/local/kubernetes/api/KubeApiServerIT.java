package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfEnvironmentVariable(
        named = KubeApiServer.ASSETS,
        matches = ".+",
        disabledReason = "needs the folder of kube-apiserver and etcd")
class KubeApiServerIT {

    @Test
    void isARealOneThatGoesWhenItIsClosed(@TempDir Path folder) {
        var directory = folder.resolve("kubernetes");
        try (var server = KubeApiServer.start(KubeApiServer.assets().orElseThrow(), directory);
                var client = server.client()) {
            assertThat(server.description()).startsWith("a real kube-apiserver v1.");
            assertThatThrownBy(() -> client.resource(new ConfigMapBuilder()
                                    .withNewMetadata()
                                    .withName("Not A Name")
                                    .endMetadata()
                                    .build())
                            .create())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("Invalid value");
        }
        assertThat(directory).doesNotExist();
    }
}
