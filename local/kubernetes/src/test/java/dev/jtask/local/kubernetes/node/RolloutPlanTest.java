package dev.jtask.local.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.node.PodFacts.Readiness;
import dev.jtask.local.kubernetes.node.Wanted.Strategy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutPlanTest {

    private static final Strategy ROLLING = new Strategy.Rolling(1, 0);

    @Test
    void startsWhatIsLacking() {
        var plan = RolloutPlan.of(wanted(3), List.of(pod("a", "new", Readiness.READY)));

        assertThat(plan).isEqualTo(new RolloutPlan(2, List.of()));
    }

    @Test
    void doesNothingWhenAllIsAsWanted() {
        var plan = RolloutPlan.of(wanted(1), List.of(pod("a", "new", Readiness.NOT_READY)));

        assertThat(plan).isEqualTo(new RolloutPlan(0, List.of()));
    }

    @Test
    void endsWhatIsTooMuch() {
        var idle = pod("b", "new", Readiness.NOT_READY);

        assertThat(RolloutPlan.of(wanted(1), List.of(pod("a", "new", Readiness.READY), idle)))
                .isEqualTo(new RolloutPlan(0, List.of(idle)));
    }

    @Test
    void startsANewPodBeforeAnOldOneGoes() {
        var old = pod("a", "old", Readiness.READY);

        assertThat(RolloutPlan.of(wanted(1), List.of(old))).isEqualTo(new RolloutPlan(1, List.of()));
        assertThat(RolloutPlan.of(wanted(1), List.of(old, pod("b", "new", Readiness.NOT_READY))))
                .isEqualTo(new RolloutPlan(0, List.of()));
        assertThat(RolloutPlan.of(wanted(1), List.of(old, pod("b", "new", Readiness.READY))))
                .isEqualTo(new RolloutPlan(0, List.of(old)));
    }

    @Test
    void replacesAnOldPodThatTakesNoWorkOnceThereIsRoom() {
        var broken = pod("a", "old", Readiness.NOT_READY);
        var working = pod("b", "old", Readiness.READY);
        var fresh = pod("c", "new", Readiness.READY);

        assertThat(RolloutPlan.of(wanted(2), List.of(broken, working, fresh)))
                .isEqualTo(new RolloutPlan(0, List.of(broken)));
    }

    @Test
    void endsOldPodsFirstWhenTheStrategyIsRecreate() {
        var old = pod("a", "old", Readiness.READY);

        assertThat(RolloutPlan.of(new Wanted(1, "new", new Strategy.Recreate()), List.of(old)))
                .isEqualTo(new RolloutPlan(0, List.of(old)));
    }

    @Test
    void endsAllWhenNothingIsWanted() {
        var pods = List.of(pod("a", "old", Readiness.READY), pod("b", "new", Readiness.READY));

        assertThat(RolloutPlan.of(new Wanted(0, "new", new Strategy.Rolling(0, 1)), pods)
                        .delete())
                .containsExactlyInAnyOrderElementsOf(pods);
    }

    private static Wanted wanted(int replicas) {
        return new Wanted(replicas, "new", ROLLING);
    }

    private static PodFacts pod(String name, String hash, Readiness readiness) {
        return new PodFacts(name, hash, readiness, 0, Instant.EPOCH);
    }
}
