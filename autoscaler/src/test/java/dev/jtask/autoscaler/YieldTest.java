package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.WorkerReport.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A pool whose pods have four slots each, its tasks taking half a second; its size is the test's, work always waits.
class YieldTest {

    private int tick = 5;
    /// Whether no worker answers.
    private boolean silent;

    private final Given given = new Given();
    /// Tasks that what they wait for serves at once.
    private double limit = 20;

    private double taskSeconds = 0.5;
    private double oldest;
    private double busy;
    private double ended;

    @Test
    void aPoolThatGrewForNothingGoesBackToWhereThatBegan() {
        run(2, 15);
        var grown = run(50, 25);
        assertThat(grown.reason()).as("too early to tell").isNotEqualTo(Reason.Ineffective);

        var judged = run(50, 10);

        assertThat(judged.replicas()).isEqualTo(5);
        assertThat(judged.reason()).isEqualTo(Reason.Ineffective);
        assertThat(judged.message())
                .endsWith("; limited to 5: more pods did no more, tried again at " + given.now.plusSeconds(300));
        assertThat(judged.notBefore()).isEqualTo(given.now.plusSeconds(300));
    }

    @Test
    void aPoolThatDoesMoreWithMorePodsGrowsOn() {
        limit = 1_000;
        run(2, 15);

        assertThat(run(50, 120).reason()).isEqualTo(Reason.MaxReplicas);
    }

    @Test
    void manySmallGrowthsAreComparedWithTheLastThatPaid() {
        for (int pods : List.of(2, 3, 5, 7, 10, 14, 19)) {
            run(pods, 60);
        }

        assertThat(run(26, 60).replicas()).isBetween(5, 6);
    }

    @Test
    void itTriesTwiceTheSizeLaterAndWaitsTwiceAsLongAfterThat() {
        run(2, 15);
        run(50, 40);
        run(5, 290);

        var trial = run(5, 15);
        assertThat(trial.replicas()).isEqualTo(10);
        assertThat(trial.message()).endsWith("; not more than 10 for a trial: more pods did no more before");

        var again = run(10, 40);
        assertThat(again.replicas()).isEqualTo(5);
        assertThat(again.notBefore()).isBetween(given.now.plusSeconds(590), given.now.plusSeconds(600));
    }

    @Test
    void itGrowsAsItNeedsOnceATrialDidMore() {
        run(2, 15);
        run(50, 40);
        run(5, 305);
        limit = 1_000;

        assertThat(run(10, 45).reason()).isNotEqualTo(Reason.Ineffective);
    }

    @Test
    void aJudgementThatWasWrongIsVoidAtOnce() {
        limit = 1_000;
        run(2, 15);
        // tasks of another kind, ten times as long, which more pods do work off
        taskSeconds = 5;
        assertThat(run(20, 60).reason()).isEqualTo(Reason.Ineffective);

        assertThat(run(2, 30).reason())
                .as("pods that go still load what all wait for")
                .isEqualTo(Reason.Ineffective);
        var smaller = run(2, 80);

        assertThat(smaller.reason()).isNotEqualTo(Reason.Ineffective);
        assertThat(run(20, 120).reason()).as("not judged again soon").isNotEqualTo(Reason.Ineffective);
    }

    @Test
    void whereAFewTasksTakeVeryLongAShortStretchSaysNothing() {
        oldest = 60;
        run(2, 40);

        assertThat(run(50, 200).reason()).isEqualTo(Reason.MaxReplicas);
    }

    @Test
    void aPoolThatWentBackStaysThereOverARestart() {
        run(2, 15);
        run(50, 50);
        restart();

        var held = run(5, 60);
        assertThat(held.replicas()).isEqualTo(5);
        assertThat(held.reason()).isEqualTo(Reason.Ineffective);
    }

    @Test
    void aGrowthIsJudgedByWhatWasMeasuredBeforeARestart() {
        run(2, 15);
        run(50, 10);
        restart();

        assertThat(run(50, 60).replicas()).isEqualTo(5);
    }

    @Test
    void aTrialIsJudgedAsItWouldBeWithoutARestart() {
        run(2, 15);
        run(50, 40);
        run(5, 305);
        restart();

        assertThat(run(10, 45).replicas()).isEqualTo(5);
    }

    @Test
    void aJudgementThatWasWrongStaysVoidOverARestart() {
        limit = 1_000;
        run(2, 15);
        taskSeconds = 5;
        run(20, 60);
        run(2, 110);
        restart();

        assertThat(run(20, 120).reason()).isNotEqualTo(Reason.Ineffective);
    }

    @Test
    void aLookAtWhichNoWorkerAnswersIsNoNews() {
        run(2, 15);
        run(50, 50);
        run(5, 60);

        assertThat(runUnheard(5, 5).replicas()).isEqualTo(5);
        var later = run(5, 60);
        assertThat(later.replicas()).isEqualTo(5);
        assertThat(later.reason()).isEqualTo(Reason.Ineffective);
    }

    @Test
    void aGrowthIsJudgedWhenItWouldBeWithoutALookAtWhichNoWorkerAnswers() {
        run(2, 15);
        run(50, 20);
        runUnheard(50, 5);

        assertThat(run(50, 20).replicas()).isEqualTo(5);
    }

    @Test
    void aTrialGoesOnOverALookAtWhichNoWorkerAnswers() {
        run(2, 15);
        run(50, 40);
        run(5, 305);
        run(10, 15);

        assertThat(runUnheard(10, 5).replicas()).isEqualTo(10);
        var again = run(10, 25);
        assertThat(again.replicas()).isEqualTo(5);
        assertThat(again.notBefore()).isBetween(given.now.plusSeconds(590), given.now.plusSeconds(600));
    }

    @Test
    void workersThatSayNothingAnyMoreAreHeldNoLongerThanUntilTheNextTrial() {
        run(2, 15);
        run(50, 40);
        run(5, 60);

        assertThat(runUnheard(5, 200).reason()).isEqualTo(Reason.Ineffective);
        assertThat(runUnheard(5, 100).reason()).isNotEqualTo(Reason.Ineffective);
    }

    @Test
    void aPoolThatWasEmptyBeginsAnew() {
        run(2, 15);
        run(50, 40);
        run(5, 60);
        run(0, 5);

        assertThat(run(5, 10).reason()).isNotEqualTo(Reason.Ineffective);
    }

    @Test
    void aGrowthIsJudgedAlsoWhereTheBrokerIsLookedAtSeldom() {
        tick = 30;
        given.policy = usual(Duration.ofSeconds(tick), given.policy.retryGrowthAfter());
        run(2, 120);

        assertThat(run(50, 120).replicas()).isEqualTo(5);
    }

    @Test
    void canBeTurnedOff() {
        given.policy = usual(given.policy.tick(), Duration.ZERO);
        run(2, 15);

        assertThat(run(50, 60).reason()).isEqualTo(Reason.MaxReplicas);
    }

    private Decision runUnheard(int pods, int seconds) {
        silent = true;
        var last = run(pods, seconds);
        silent = false;
        return last;
    }

    private void restart() {
        given.state = PoolState.knowing(8.0, Map.of("q", taskSeconds), given.state.guards(), given.now);
    }

    private ScalingPolicy usual(Duration tick, Duration retryGrowthAfter) {
        var usual = given.policy;
        return new ScalingPolicy(
                usual.minReplicas(),
                usual.maxReplicas(),
                usual.objective(),
                usual.slotsPerReplica(),
                usual.targetUtilization(),
                usual.scaleUpStabilization(),
                usual.scaleDownStabilization(),
                usual.scaleDownMaxPercent(),
                usual.whenBlind(),
                usual.drainTimeout(),
                tick,
                usual.fuse(),
                retryGrowthAfter);
    }

    /// @return the last decision as it was planned
    private Decision run(int pods, int seconds) {
        var planned = Plan.of(tick(pods), new Replicas(pods, pods), Directives.NONE);
        for (int second = tick; second < seconds; second += tick) {
            planned = Plan.of(tick(pods), new Replicas(pods, pods), Directives.NONE);
        }
        return planned;
    }

    private Decision tick(int pods) {
        double slots = 4.0 * pods;
        busy += slots * tick;
        ended += Math.min(slots, limit) / taskSeconds * tick;
        var samples = IntStream.range(0, pods)
                .mapToObj(i -> new PodSample(
                        "p" + i,
                        8.0,
                        silent
                                ? null
                                : new WorkerReport(4, oldest, i == 0 ? Map.of("q", new Work(busy, ended)) : Map.of())))
                .toArray(PodSample[]::new);
        return given.has(samples).after(tick, Given.queue(6_000, (long) slots, (long) ended, (long) ended));
    }
}
