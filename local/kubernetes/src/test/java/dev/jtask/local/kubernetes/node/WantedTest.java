package dev.jtask.local.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.node.Wanted.Strategy;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.junit.jupiter.api.Test;

class WantedTest {

    @Test
    void roundsTheDefaultSharesAsKubernetesDoes() {
        assertThat(Wanted.of(deployment("worker:1", 1)).strategy()).isEqualTo(new Strategy.Rolling(1, 0));
        assertThat(Wanted.of(deployment("worker:1", 10)).strategy()).isEqualTo(new Strategy.Rolling(3, 2));
    }

    @Test
    void neverLeavesARolloutWithoutRoom() {
        assertThat(Wanted.of(rolling(new IntOrString(0), new IntOrString("0%"))).strategy())
                .isEqualTo(new Strategy.Rolling(0, 1));
        assertThat(Wanted.of(rolling(new IntOrString(2), new IntOrString("50%")))
                        .strategy())
                .isEqualTo(new Strategy.Rolling(2, 2));
    }

    @Test
    void tellsTemplatesApartAndNothingElse() {
        var two = Wanted.of(deployment("worker:1", 2));

        assertThat(Wanted.of(deployment("worker:1", 3)).templateHash()).isEqualTo(two.templateHash());
        assertThat(Wanted.of(deployment("worker:2", 2)).templateHash()).isNotEqualTo(two.templateHash());
    }

    @Test
    void wantsNothingOfADeploymentThatIsBeingDeleted() {
        var deployment = deployment("worker:1", 3);
        deployment.getMetadata().setDeletionTimestamp("2026-01-01T10:00:00Z");

        assertThat(Wanted.of(deployment).replicas()).isZero();
    }

    private static Deployment rolling(IntOrString surge, IntOrString unavailable) {
        return deployment("worker:1", 4)
                .edit()
                .editSpec()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(surge)
                .withMaxUnavailable(unavailable)
                .endRollingUpdate()
                .endStrategy()
                .endSpec()
                .build();
    }

    private static Deployment deployment(String image, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("pool")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withName("worker")
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
