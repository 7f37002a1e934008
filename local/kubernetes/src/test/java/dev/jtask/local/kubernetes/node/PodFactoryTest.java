package dev.jtask.local.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodFactoryTest {

    @Test
    void makesPodsOfTheTemplateThatBelongToTheDeployment() {
        var deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withName("pool")
                .withNamespace("shop")
                .withUid("u")
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", "pool"))
                .withAnnotations(Map.of("note", "x"))
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName("worker")
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();

        var pod = PodFactory.pod(deployment, "hash", "abcde");

        assertThat(pod.getMetadata().getName()).isEqualTo("pool-hash-abcde");
        assertThat(pod.getMetadata().getNamespace()).isEqualTo("shop");
        assertThat(pod.getMetadata().getLabels()).isEqualTo(Map.of("app", "pool", "pod-template-hash", "hash"));
        assertThat(pod.getMetadata().getAnnotations()).isEqualTo(Map.of("note", "x"));
        assertThat(pod.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getUid()).isEqualTo("u");
            assertThat(owner.getController()).isTrue();
        });
        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("worker");
        assertThat(pod.getSpec().getNodeName()).isEqualTo("local");
    }
}
