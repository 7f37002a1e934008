package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlanTest {

    private final Given pool = new Given();

    @Test
    void leavesADecisionAloneWhereNobodySaysAnything() {
        var decided = pool.after(0, Given.queue(2_000, 0, 2_000, 0));

        assertThat(Plan.of(decided, new Replicas(0, 0), Directives.NONE)).isSameAs(decided);
    }

    @Test
    void aPausedPoolKeepsItsSizeAndStillSaysWhatItNeeds() {
        var decided = pool.after(0, Given.queue(2_000, 0, 2_000, 0));

        var planned = Plan.of(decided, new Replicas(3, 3), new Directives(true, 0));

        assertThat(planned.replicas()).isEqualTo(3);
        assertThat(planned.reason()).isEqualTo(Reason.Paused);
        assertThat(planned.need()).isEqualTo(decided.need());
        assertThat(planned.message()).startsWith("2000 ready need 9.09 pods").endsWith("; paused at 3");
        assertThat(planned.next()).as("what is learned while paused").isEqualTo(decided.next());
    }

    @Test
    void anEmptyPoolStaysEmptyUpToTheThreshold() {
        var few = pool.after(0, Given.queue(10, 0, 10, 0));
        var more = pool.after(5, Given.queue(11, 0, 11, 0));
        var threshold = new Directives(false, 10);

        assertThat(Plan.of(few, new Replicas(0, 0), threshold).replicas()).isZero();
        assertThat(Plan.of(few, new Replicas(0, 0), threshold).message())
                .endsWith("; the pool stays empty up to 10 messages");
        assertThat(Plan.of(more, new Replicas(0, 0), threshold).replicas()).isEqualTo(1);
        assertThat(Plan.of(few, new Replicas(1, 1), threshold))
                .as("a pool that is there works on")
                .isSameAs(few);
    }

    @Test
    void aBacklogThatNobodyKnowsIsNotASmallOne() {
        var blind = Autoscaler.decide(
                PoolState.EMPTY,
                new Sample.Blind("no answer", new Replicas(0, 0)),
                Pool.policy(2, 5, Duration.ZERO),
                pool.now);

        assertThat(Plan.of(blind, new Replicas(0, 0), new Directives(false, 1_000))
                        .replicas())
                .isEqualTo(2);
    }
}
