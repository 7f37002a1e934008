package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.Pools;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndingDeploymentTest extends PoolScalingScene {

    @Test
    void aDeploymentThatIsBeingDeletedIsNotScaledAsNoPodWouldCome() {
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(0, 1)
                .edit()
                .editMetadata()
                .withDeletionTimestamp(NOW.toString())
                .endMetadata()
                .build()));

        scaling.step(seen(25), Map.of());

        assertThat(journal.lines()).isEmpty();
    }
}
