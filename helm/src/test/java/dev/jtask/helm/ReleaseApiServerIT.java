package dev.jtask.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import dev.jtask.local.kubernetes.api.KubeApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// The life of releases on a real API server: installed, upgraded, beside each other, removed, installed again.
@EnabledIfEnvironmentVariable(
        named = KubeApiServer.ASSETS,
        matches = ".+",
        disabledReason = "needs the folder of kube-apiserver and etcd")
@SuppressWarnings("NullAway.Init")
class ReleaseApiServerIT {

    private static final ResourceDefinitionContext POOLS = new ResourceDefinitionContext.Builder()
            .withGroup("jtask.dev")
            .withVersion("v1alpha1")
            .withKind("TaskWorkerPool")
            .withPlural("taskworkerpools")
            .withNamespaced(true)
            .build();

    private KubeApiServer server;
    private KubernetesClient client;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = KubeApiServer.start(KubeApiServer.assets().orElseThrow(), folder.resolve("kubernetes"));
        client = server.client();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void poolsOutliveTheReleaseAndMeetTheNextOne() {
        var notes = install(Chart.NAMESPACE).call().getOutput();
        assertThat(notes).contains("kubectl --namespace tasks apply -f workerpool.yaml");
        createPool();

        var _ = Chart.helm()
                .upgrade()
                .withName("jtask")
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfigContents(server.kubeconfig())
                .set("replicas", "2")
                .call();
        assertThat(operators(Chart.NAMESPACE)).isEqualTo(2);

        var _ = Helm.uninstall("jtask")
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfigContents(server.kubeconfig())
                .call();
        assertThat(client.apps()
                        .deployments()
                        .inNamespace(Chart.NAMESPACE)
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(client.rbac().roles().inNamespace(Chart.NAMESPACE).list().getItems())
                .isEmpty();
        assertThat(client.genericKubernetesResources(POOLS)
                        .inNamespace(Chart.NAMESPACE)
                        .list()
                        .getItems())
                .hasSize(1);

        var _ = install(Chart.NAMESPACE).call();
        assertThat(operators(Chart.NAMESPACE)).isEqualTo(1);
    }

    @Test
    void releasesInTwoNamespacesShareTheCrds() {
        var _ = install(Chart.NAMESPACE).call();

        assertThatThrownBy(() -> install("shop").call())
                .as("one release owns the CRDs")
                .hasMessageContaining("taskworkerpools.jtask.dev");
        var _ = install("shop").set("crds.install", "false").call();

        assertThat(operators(Chart.NAMESPACE)).isEqualTo(1);
        assertThat(operators("shop")).isEqualTo(1);
    }

    @Test
    void releasesOfAnyNameAreInstalled() {
        for (var release : List.of("1234", "7".repeat(53), "a".repeat(53))) {
            var _ = install(release, Chart.NAMESPACE)
                    .set("crds.install", Boolean.toString(release.equals("1234")))
                    .set("rbac.aggregate", "false")
                    .call();
        }
        assertThat(client.services().inNamespace(Chart.NAMESPACE).list().getItems())
                .hasSize(3);
    }

    private InstallCommand install(String namespace) {
        return install("jtask", namespace);
    }

    private InstallCommand install(String release, String namespace) {
        return Chart.helm()
                .install()
                .withName(release)
                .withNamespace(namespace)
                .createNamespace()
                .withKubeConfigContents(server.kubeconfig());
    }

    private int operators(String namespace) {
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName("jtask")
                .get()
                .getSpec()
                .getReplicas();
    }

    private void createPool() {
        var pool = client.getKubernetesSerialization().unmarshal("""
            apiVersion: jtask.dev/v1alpha1
            kind: TaskWorkerPool
            metadata: {name: orders, namespace: tasks}
            spec:
              image: shop:1
              queues: [{name: orders}]
              broker: {secretRef: {name: rabbitmq}}
              scaling: {mode: "Off"}
              replicas: 2
            """, GenericKubernetesResource.class);
        // The server takes a moment to serve a kind that is new.
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> client.genericKubernetesResources(POOLS)
                                .inNamespace(Chart.NAMESPACE)
                                .resource(pool)
                                .create()
                        != null);
    }
}
