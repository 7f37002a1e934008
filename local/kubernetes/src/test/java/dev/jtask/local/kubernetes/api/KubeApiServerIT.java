package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfEnvironmentVariable(
        named = KubeApiServer.ASSETS,
        matches = ".+",
        disabledReason = "needs the folder of kube-apiserver and etcd")
class KubeApiServerIT {

    @Test
    void tellsWhatWasWritten(@TempDir Path folder) {
        var map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("written")
                .withNamespace("default")
                .endMetadata()
                .build();
        try (var server = KubeApiServer.start(KubeApiServer.assets().orElseThrow(), folder.resolve("kubernetes"));
                var client = server.client()) {
            client.resource(map).create();
            client.resource(map).delete();
            var userAgent = client.getConfiguration().getUserAgent();

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(server.writes())
                            .contains(
                                    new ApiRequest(userAgent, "POST", "/api/v1/namespaces/default/configmaps", 201),
                                    new ApiRequest(
                                            userAgent,
                                            "DELETE",
                                            "/api/v1/namespaces/default/configmaps/written",
                                            200)));
        }
    }

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
