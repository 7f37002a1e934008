package dev.jtask.local.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.node.PodFacts.Readiness;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentStatusesTest {

    @Test
    void countPodsByReadinessAndTemplate() {
        var deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withGeneration(4L)
                .endMetadata()
                .build();
        var wanted = new Wanted(4, "new", new Wanted.Strategy.Recreate());

        var status = DeploymentStatuses.of(
                deployment,
                wanted,
                List.of(pod("new", Readiness.READY), pod("new", Readiness.NOT_READY), pod("old", Readiness.READY)));

        assertThat(status.getObservedGeneration()).isEqualTo(4);
        assertThat(status.getReplicas()).isEqualTo(3);
        assertThat(status.getReadyReplicas()).isEqualTo(2);
        assertThat(status.getUpdatedReplicas()).isEqualTo(2);
        assertThat(status.getUnavailableReplicas()).isEqualTo(2);
    }

    private static PodFacts pod(String hash, Readiness readiness) {
        return new PodFacts("p", hash, readiness, 0, Instant.EPOCH);
    }
}
