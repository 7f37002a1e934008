package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.WorkerReport.Runs;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FuseTest {

    private static final FuseRule RULE = FuseRule.DEFAULTS;
    private static final Replicas ONE = new Replicas(1, 1);

    private final Given pool = new Given();
    private Instant now = Given.START;
    private Fuse fuse = Fuse.WHOLE;

    @Test
    void blowsWhenHalfOfTheRunsFail() {
        assertThat(after(5, new Runs(40, 19, 0)).blown()).isFalse();
        assertThat(after(5, new Runs(40, 21, 0)).blown()).isTrue();
        assertThat(fuse.cause()).isEqualTo("40 of the last 80 runs failed");
    }

    @Test
    void aFewRunsSayNothing() {
        assertThat(after(5, new Runs(19, 19, 0)).blown()).isFalse();
        assertThat(after(5, new Runs(1, 1, 0)).blown()).isTrue();
    }

    @Test
    void messagesThatComeAgainAndAgainBlowItThoughNoRunEnds() {
        assertThat(after(5, new Runs(2, 0, 25)).blown()).isTrue();
        assertThat(fuse.cause()).isEqualTo("25 of the last 25 deliveries were redeliveries");
    }

    @Test
    void isWholeAgainOnceClearlyFewerFail() {
        after(5, new Runs(100, 60, 0));

        assertThat(after(5, new Runs(30, 0, 0)).blown())
                .as("60 of 130, above four fifths of the half")
                .isTrue();
        assertThat(after(5, new Runs(30, 0, 0)).blown()).as("60 of 160").isFalse();
    }

    @Test
    void whatIsLongAgoIsForgottenThoughNothingRuns() {
        after(5, new Runs(100, 100, 0));

        assertThat(after(30, null).blown()).isTrue();
        assertThat(after(30, null).blown()).isFalse();
    }

    @Test
    void aFuseThatBlewIsBlownOverARestartAndMendsAsAnyOther() {
        after(5, new Runs(40, 30, 0));
        fuse = Fuse.of(fuse.failing(), now);

        assertThat(after(5, null).blown()).isTrue();
        assertThat(fuse.cause()).isEqualTo("30 of the last 40 runs failed");
        assertThat(after(60, null).blown()).isFalse();
        assertThat(Fuse.of(fuse.failing(), now)).isEqualTo(Fuse.WHOLE);
    }

    @Test
    void canBeTurnedOff() {
        var never = new FuseRule(0, Duration.ofMinutes(2), 1);

        assertThat(Fuse.WHOLE.advance(new Runs(100, 100, 0), never, now).blown())
                .isFalse();
    }

    @Test
    void aPoolWhoseRunsFailDoesNotGrowAndDoesWhenTheyNoLongerDo() {
        pool.has(Given.failing("a", 0, 0)).after(0, Given.queue(600, 4, 604, 0));
        var failing = planned(pool.has(Given.failing("a", 60, 57)).after(5, Given.queue(600, 4, 604, 0)), ONE);

        assertThat(failing.replicas()).isEqualTo(1);
        assertThat(failing.reason()).isEqualTo(Reason.Failing);

        var mended = planned(pool.has(Given.failing("a", 260, 57)).after(25, Given.queue(600, 4, 604, 0)), ONE);

        assertThat(mended.replicas()).isEqualTo(2);
    }

    @Test
    void anEmptyPoolStartsItsFirstPodAndAFloorHolds() {
        pool.has(Given.failing("a", 0, 0)).after(0, Given.queue(600, 4, 604, 0));
        var decided = pool.has(Given.failing("a", 60, 57)).after(5, Given.queue(6_000, 4, 604, 0));

        assertThat(planned(decided, new Replicas(0, 0)).replicas()).isEqualTo(1);
        assertThat(Plan.of(decided, ONE, new Directives(false, 0, Range.of(3, 50)))
                        .replicas())
                .isEqualTo(3);
    }

    @Test
    void whatPodsDidBeforeTheWatchingBeganSaysNothing() {
        var first = pool.has(Given.failing("a", 1_000, 1_000)).after(0, Given.queue(600, 4, 604, 0));

        assertThat(planned(first, ONE).reason()).isNotEqualTo(Reason.Failing);
    }

    @Test
    void whatPodsDidBeforeTheyFirstSaidSomethingSaysNothing() {
        pool.has(new PodSample("a", null, true, null)).after(0, Given.queue(600, 4, 604, 0));
        var first = pool.has(Given.failing("a", 1_000, 1_000)).after(5, Given.queue(600, 4, 604, 0));
        assertThat(planned(first, ONE).reason()).isNotEqualTo(Reason.Failing);
        assertThat(first.terms().arrivalRate()).isZero();

        var later = pool.has(Given.failing("a", 1_060, 1_057)).after(5, Given.queue(600, 4, 604, 0));
        assertThat(planned(later, ONE).reason()).isEqualTo(Reason.Failing);
    }

    @Test
    void allThatAPodDidCountsThatWasWatchedFromItsStart() {
        pool.has(new PodSample("a", null, false, null)).after(0, Given.queue(600, 4, 604, 0));
        var first = pool.has(Given.failing("a", 60, 57)).after(5, Given.queue(600, 4, 604, 0));

        assertThat(planned(first, ONE).reason()).isEqualTo(Reason.Failing);
    }

    @Test
    void aPoolThatWasOffBlowsForNothingOfThen() {
        pool.has(Given.failing("a", 0, 0)).after(0, Given.queue(600, 4, 604, 0));
        var back = pool.has(Given.failing("a", 5_000, 4_900), Given.failing("created-then", 900, 900))
                .after(86_400, Given.queue(600, 8, 608, 0));
        assertThat(planned(back, ONE).reason()).isNotEqualTo(Reason.Failing);

        var later = pool.has(Given.failing("a", 5_060, 4_957)).after(5, Given.queue(600, 4, 604, 0));
        assertThat(planned(later, ONE).reason()).as("what fails now").isEqualTo(Reason.Failing);
    }

    @Test
    void whatAPodRanWhileItSaidNothingIsNotOfNow() {
        pool.has(Given.failing("a", 0, 0), Given.failing("b", 0, 0)).after(0, Given.queue(600, 8, 608, 0));
        for (int look = 1; look < 100; look++) {
            pool.has(new PodSample("a", 8.0, null), Given.failing("b", look, 0)).after(5, Given.queue(600, 8, 608, 0));
        }

        var again = pool.has(Given.failing("a", 1_000, 900), Given.failing("b", 100, 0))
                .after(5, Given.queue(600, 8, 608, 0));
        assertThat(planned(again, ONE).reason()).isNotEqualTo(Reason.Failing);
    }

    @Test
    void aPodThatTakesLongToStartCountsFromItsStart() {
        for (int look = 0; look < 100; look++) {
            pool.has(new PodSample("a", null, false, null)).after(5, Given.queue(600, 4, 604, 0));
        }
        var first = pool.has(Given.failing("a", 60, 57)).after(5, Given.queue(600, 4, 604, 0));

        assertThat(planned(first, ONE).reason()).isEqualTo(Reason.Failing);
    }

    @Test
    void aTickThatIsLongerThanTheRuleLooksBackCountsAllTheSame() {
        var slow = Given.policy(Duration.ofSeconds(30), Duration.ofMinutes(5));
        pool.policy = new ScalingPolicy(
                slow.minReplicas(),
                slow.maxReplicas(),
                slow.objective(),
                slow.slotsPerReplica(),
                0.9,
                Duration.ZERO,
                Duration.ofSeconds(30),
                100,
                slow.whenBlind(),
                slow.drainTimeout(),
                Duration.ofMinutes(2));
        pool.has(Given.failing("a", 0, 0)).after(0, Given.queue(600, 4, 604, 0));

        var failing = pool.has(Given.failing("a", 60, 57)).after(120, Given.queue(600, 4, 604, 0));

        assertThat(planned(failing, ONE).reason()).isEqualTo(Reason.Failing);
    }

    private static Decision planned(Decision decided, Replicas replicas) {
        return Plan.of(decided, replicas, Directives.NONE);
    }

    private Fuse after(int seconds, @Nullable Runs done) {
        now = now.plusSeconds(seconds);
        fuse = fuse.advance(done, RULE, now);
        return fuse;
    }
}
