package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Instant END = Instant.parse("2026-01-01T18:00:00Z");

    private final Given pool = new Given();

    @Test
    void leavesADecisionAloneWhereNobodySaysAnything() {
        var decided = pool.after(0, Given.queue(2_000, 0, 2_000, 0));

        assertThat(Plan.of(decided, new Replicas(0, 0), Directives.NONE)).isSameAs(decided);
    }

    @Test
    void aPausedPoolKeepsItsSizeAndStillSaysWhatItNeeds() {
        var decided = pool.after(0, Given.queue(2_000, 0, 2_000, 0));

        var planned = Plan.of(decided, new Replicas(3, 3), new Directives(true, 0, Range.of(0, 50)));

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
        var threshold = new Directives(false, 10, Range.of(0, 50));

        assertThat(Plan.of(few, new Replicas(0, 0), threshold).replicas()).isZero();
        assertThat(Plan.of(few, new Replicas(0, 0), threshold).message())
                .endsWith("; the pool stays empty up to 10 messages");
        assertThat(Plan.of(more, new Replicas(0, 0), threshold).replicas()).isEqualTo(1);
        assertThat(Plan.of(few, new Replicas(1, 1), threshold))
                .as("a pool that is there works on")
                .isSameAs(few);
    }

    @Test
    void aPoolThatIsNeverEmptyIsAtItsLeastSizeByThatAndByNoWindow() {
        var replicas = new Replicas(0, 0);
        var decided = Autoscaler.decide(
                PoolState.EMPTY,
                new Sample.Seen(List.of(Given.queue(0, 0, 0, 0)), List.of(), replicas),
                Pool.policy(2, 10, Duration.ZERO),
                pool.now);

        var planned = Plan.of(decided, replicas, new Directives(false, 5, Range.of(2, 10)));

        assertThat(planned.replicas()).isEqualTo(2);
        assertThat(planned.reason()).isEqualTo(Reason.MinReplicas);
        assertThat(planned.message()).doesNotContain("window", "stays empty");
    }

    @Test
    void aPoolThatAWindowKeepsHasNothingToWakeFromEither() {
        var many = pool.after(0, Given.queue(2_000, 0, 2_000, 0));
        var range = Range.of(0, 50).with("a", 4, null);

        assertThat(Plan.of(many, new Replicas(0, 0), new Directives(false, 5_000, range)))
                .isSameAs(many);
    }

    @Test
    void aBacklogThatNobodyKnowsIsNotASmallOne() {
        var blind = Autoscaler.decide(
                PoolState.EMPTY,
                new Sample.Blind("no answer", new Replicas(0, 0)),
                Pool.policy(2, 5, Duration.ZERO),
                pool.now);

        assertThat(Plan.of(blind, new Replicas(0, 0), new Directives(false, 1_000, Range.of(2, 5)))
                        .replicas())
                .isEqualTo(2);
    }

    @Test
    void aWindowRaisesAPoolThatNeedsLess() {
        var decided = pool.after(0, Given.queue(0, 0, 0, 0));
        var office = Range.of(0, 50).with("'0 8 * * 1-5' (UTC)", 4, null).until(END);

        var opened = Plan.of(decided, new Replicas(0, 0), new Directives(false, 0, office));
        var standing = Plan.of(decided, new Replicas(4, 4), new Directives(false, 0, office));

        assertThat(opened.replicas()).isEqualTo(4);
        assertThat(opened.reason()).isEqualTo(Reason.WindowFloor);
        assertThat(opened.notBefore()).isEqualTo(END);
        assertThat(opened.message()).endsWith("; raised to 4 by window '0 8 * * 1-5' (UTC)");
        assertThat(standing.message()).endsWith("; kept at 4 by window '0 8 * * 1-5' (UTC)");
    }

    @Test
    void aWindowLimitsAPoolThatNeedsMore() {
        var decided = pool.after(0, Given.queue(2_000, 0, 2_000, 0));
        var night = Range.of(0, 50).with("'0 22 * * *' (UTC)", null, 2).until(END);

        var planned = Plan.of(decided, new Replicas(1, 1), new Directives(false, 0, night));

        assertThat(planned.replicas()).isEqualTo(2);
        assertThat(planned.reason()).isEqualTo(Reason.WindowCeiling);
        assertThat(planned.message())
                .startsWith("2000 ready need 9.09 pods")
                .endsWith("; limited to 2 by window '0 22 * * *' (UTC)");
    }

    @Test
    void ofOverlappingWindowsTheHighestFloorAndTheLowestCeilingCountAndTheCeilingWins() {
        var range = Range.of(1, 10).with("a", 3, 8).with("b", 2, 5).with("c", 6, null);

        assertThat(range).isEqualTo(new Range(6, 5, "c", "b", null));
        assertThat(Plan.of(pool.after(0, Given.queue(0, 0, 0, 0)), new Replicas(1, 1), new Directives(false, 0, range))
                        .replicas())
                .isEqualTo(5);
    }

    @Test
    void aWindowThatOpensTakesNoPodFromAPoolThatNobodySees() {
        var blind = Autoscaler.decide(
                PoolState.EMPTY,
                new Sample.Blind("no answer", new Replicas(4, 4)),
                Pool.policy(0, 9, Duration.ZERO),
                pool.now);

        assertThat(Plan.of(
                                blind,
                                new Replicas(4, 4),
                                new Directives(false, 0, Range.of(0, 9).with("a", null, 1)))
                        .replicas())
                .isEqualTo(4);
        assertThat(Plan.of(
                                blind,
                                new Replicas(4, 4),
                                new Directives(false, 0, Range.of(0, 9).with("a", 6, null)))
                        .replicas())
                .isEqualTo(6);
    }
}
