package dev.jtask.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.api.EmbeddedKubernetes;
import dev.jtask.operator.leadership.Leadership;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the operator deletes is what it saw.
class KubernetesDeploymentApiTest {

    private EmbeddedKubernetes kubernetes;
    private KubernetesClient client;
    private KubernetesDeploymentApi api;

    @BeforeEach
    void start() {
        kubernetes = EmbeddedKubernetes.start();
        client = kubernetes.client();
        api = new KubernetesDeploymentApi(client, Leadership.ALWAYS);
    }

    @AfterEach
    void stop() {
        client.close();
        kubernetes.close();
    }

    @Test
    void deletesTheDeploymentThatIsMeantAndMayBeAskedForItTwice() {
        var seen = create();

        api.delete(seen);
        assertThat(api.find("default", "shop")).isEmpty();
        api.delete(seen);
    }

    @Test
    void leavesANamesakeThatWasMadeSince() {
        var seen = create();
        api.delete(seen);
        var namesake = create();

        api.delete(seen);

        assertThat(api.find("default", "shop"))
                .hasValueSatisfying(found -> assertThat(found.getMetadata().getUid())
                        .isEqualTo(namesake.getMetadata().getUid()));
    }

    private Deployment create() {
        return client.resource(client.getKubernetesSerialization().unmarshal("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: shop, namespace: default}
                        spec:
                          selector: {matchLabels: {app: shop}}
                          template:
                            metadata: {labels: {app: shop}}
                            spec: {containers: [{name: worker, image: "registry.test/shop:1"}]}
                        """, Deployment.class))
                .create();
    }
}
