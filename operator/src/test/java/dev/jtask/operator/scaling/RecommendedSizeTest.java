package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.Pods;
import dev.jtask.operator.fake.Pools;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A size that is decided and does not come: each other one would be a status, an entry of the history and a change
/// that is counted.
class RecommendedSizeTest extends PoolScalingScene {

    private Instant now = NOW;

    @Test
    void staysWhileTheNeedMovesAboutIt() {
        var scaling = scaling("Recommend");
        workloads.show(deployments.put(Pools.deployment(1, 1)));
        workloads.show(List.of(Pods.ready("a")));

        assertThat(sizes(scaling, 42, 53, 46, 49, 41, 54)).containsOnly(5);
        assertThat(sizes(scaling, 56, 53, 60, 66)).containsOnly(6);
        assertThat(sizes(scaling, 38)).containsExactly(4);
        assertThat(scaling.view().orElseThrow().changes()).hasSize(3);
    }

    @Test
    void isNoMoreThanThePoolMayHave() {
        var scaling = scaling("Recommend");
        workloads.show(deployments.put(Pools.deployment(1, 1)));
        assertThat(sizes(scaling, 49)).containsExactly(5);

        scaling.specIs(pool("Recommend, maxReplicas: 4"));

        assertThat(sizes(scaling, 49)).containsExactly(4);
    }

    @Test
    void aPoolThatGetsWhatIsDecidedIsNotHeldByIt() {
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(1, 1)));

        assertThat(sizes(scaling, 42)).containsExactly(5);
        workloads.show(deployments.put(Pools.deployment(5, 2)));
        assertThat(sizes(scaling, 56)).containsExactly(6);
        workloads.show(deployments.put(Pools.deployment(6, 3)));
        assertThat(sizes(scaling, 0, 0)).contains(0);
    }

    private List<Integer> sizes(PoolScaling scaling, long... ready) {
        var sizes = new ArrayList<Integer>();
        for (long messages : ready) {
            now = now.plusSeconds(5);
            scaling.step(seen(messages, now), Map.of());
            sizes.add(scaling.view().orElseThrow().decision().replicas());
        }
        return sizes;
    }
}
