package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoscalerTest {

    private final Pool pool = new Pool(Pool.POLICY);

    @Test
    void goesFromZeroToTheWholeNeedInOneStep() {
        pool.arrive(2_000);
        pool.step();

        // 2000 tasks of an assumed second in 55 s on 8 slots each
        assertThat(pool.last.need()).isBetween(4.5, 4.6);
        assertThat(pool.desired).isEqualTo(5);
        assertThat(pool.last.reason()).isEqualTo(Reason.DrainTime);
        assertThat(pool.last.message())
                .isEqualTo("2000 ready need 4.55 pods to drain in 60 s"
                        + " (a task keeps a slot busy 1 s by assumption, 8 slots a pod)");
    }

    @Test
    void drainsABurstWithinTheObjectiveAndGoesBackToZero() {
        pool.run(5, 0);
        pool.arrive(3_000);
        int seconds = 0;
        while (pool.ready + pool.inFlight > 0 && seconds < 200) {
            pool.step();
            seconds++;
        }
        assertThat(seconds).isLessThanOrEqualTo(60);

        pool.run(60, 0);
        assertThat(pool.desired).isZero();
        assertThat(pool.last.reason()).isEqualTo(Reason.Idle);
        assertThat(pool.changes).as("sizes tried").isLessThanOrEqualTo(6);
    }

    @Test
    void settlesUnderSteadyLoadAndStaysThere() {
        pool.run(120, 40);
        int settled = pool.desired;
        // 40/s of 0.5 s at 80 % on 8 slots: 3.1 pods
        assertThat(settled).isBetween(3, 4);

        int before = pool.changes;
        for (int i = 0; i < 300; i++) {
            pool.run(1, i % 2 == 0 ? 42 : 38);
        }
        assertThat(pool.changes - before).as("changes under 5 % noise").isZero();
        assertThat(pool.ready).isLessThan(100);
    }

    @Test
    void neverShrinksBelowTheTasksInFlight() {
        pool.taskSeconds = 600;
        pool.startWith(4);
        pool.published = 24;
        pool.inFlight = 24;
        pool.run(60, 0);

        assertThat(pool.desired).isGreaterThanOrEqualTo(3);
        assertThat(pool.last.reason()).isIn(Reason.InFlight, Reason.WithinTolerance, Reason.DrainTime);
    }

    @Test
    void readsNoAcknowledgementsAsLongTasksNotAsNoWork() {
        pool.taskSeconds = 1_000;
        pool.startWith(1);
        pool.published = 100;
        pool.inFlight = 8;
        pool.ready = 92;
        pool.step();
        int assumed = pool.desired;
        pool.startupSeconds = 1_000;
        pool.run(50, 0);

        assertThat(pool.last.terms().busySeconds()).isGreaterThan(45);
        assertThat(pool.desired).isGreaterThan(4 * assumed);
    }

    @Test
    void saysThatTheMaximumLimitsThePool() {
        pool.arrive(100_000);
        pool.step();

        assertThat(pool.desired).isEqualTo(20);
        assertThat(pool.last.reason()).isEqualTo(Reason.MaxReplicas);
        assertThat(pool.last.reason()).isEqualTo(Reason.MaxReplicas);
        assertThat(pool.last.message()).endsWith("limited to 20 by maxReplicas");
    }

    @Test
    void holdsWhileTheBrokerDoesNotAnswer() {
        pool.startWith(7);
        pool.decide(new Sample.Blind("the broker refused the password", new Replicas(7, 7)));

        assertThat(pool.desired).isEqualTo(7);
        assertThat(pool.last.reason()).isEqualTo(Reason.Blind);
        assertThat(pool.last.message()).isEqualTo("the backlog is unknown: the broker refused the password; holding 7");
    }

    @Test
    void takesFiguresThatAreNotThereForUnknownNotForZero() {
        pool.startWith(7);
        var unknown = new QueueSample("q", null, 0L, null, null, null);
        for (int i = 0; i < 100; i++) {
            pool.now = pool.now.plusSeconds(1);
            pool.decide(new Sample.Seen(List.of(unknown), List.of(), new Replicas(7, 7)));
        }
        assertThat(pool.desired).isEqualTo(7);
        assertThat(pool.last.reason()).isEqualTo(Reason.Blind);
    }

    @Test
    void goesToTheFixedSizeWhenBlindIfThePolicySaysSo() {
        var policy = with(new WhenBlind.Fixed(3));
        var decision =
                Autoscaler.decide(PoolState.EMPTY, new Sample.Blind("no answer", new Replicas(0, 0)), policy, pool.now);

        assertThat(decision.replicas()).isEqualTo(3);
    }

    @Test
    void doesNotShrinkBeforeAWholeWindowWasWatched() {
        pool.startWith(6);
        pool.run(29, 0);
        assertThat(pool.desired).as("just after an operator's restart").isEqualTo(6);
        assertThat(pool.last.reason()).isEqualTo(Reason.Stabilizing);

        pool.run(10, 0);
        assertThat(pool.desired).isZero();
    }

    @Test
    void podsThatSayTheyRunMoreThanCanBeAreBusy() {
        var decision = new Given()
                .has(Given.pod("a", Integer.MAX_VALUE), Given.pod("b", Integer.MAX_VALUE))
                .after(0, Given.queue(0, 8, 8, 0));

        assertThat(decision.terms().busySlots()).isEqualTo(8);
    }

    @Test
    void aRestartedBrokersCountersAreNoArrivals() {
        pool.run(60, 10);
        pool.published = 3;
        pool.acked = 3;
        pool.step();

        assertThat(pool.last.terms().arrivalRate()).isBetween(5.0, 12.0);
    }

    @Test
    void doesNotStartPodsAgainWhileTheFirstOnesStart() {
        pool.startupSeconds = 30;
        pool.arrive(1_000);
        pool.step();
        int first = pool.desired;
        pool.run(25, 0);

        assertThat(pool.desired).isEqualTo(first);
    }

    @Test
    void anObjectiveShorterThanTheStartUpStillGivesAFiniteSize() {
        pool.startupSeconds = 90;
        pool.arrive(10);
        pool.step();

        assertThat(pool.last.need()).isFinite();
        assertThat(pool.desired).isBetween(1, 20);
    }

    @Test
    void plainDepthDividesAllMessagesByTheTarget() {
        var policy = new ScalingPolicy(
                0,
                10,
                new Objective.BacklogPerReplica(20),
                8,
                0.8,
                Duration.ZERO,
                Duration.ofSeconds(30),
                100,
                new WhenBlind.Hold(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(1));
        var sample = new Sample.Seen(List.of(pool.queue(70, 10)), List.of(), new Replicas(0, 0));

        var decision = Autoscaler.decide(PoolState.EMPTY, sample, policy, pool.now);

        assertThat(decision.replicas()).isEqualTo(4);
        assertThat(decision.message()).startsWith("70 ready and");
    }

    /// What is near enough for a size is near enough for the word on it: else that turns from look to look.
    @Test
    void aNeedThatMovesAboutTheMostOrTheLeastIsWithinTolerance() {
        assertThat(atTen(0, 10, 102).reason()).isEqualTo(Reason.WithinTolerance);
        assertThat(atTen(0, 10, 98).reason()).isEqualTo(Reason.BacklogPerReplica);
        assertThat(atTen(0, 10, 112).reason()).isEqualTo(Reason.MaxReplicas);
        assertThat(atTen(10, 20, 102).reason()).isEqualTo(Reason.WithinTolerance);
        assertThat(atTen(10, 20, 98).reason()).isEqualTo(Reason.BacklogPerReplica);
        assertThat(atTen(10, 20, 80).reason()).isEqualTo(Reason.MinReplicas);
    }

    private Decision atTen(int min, int max, long ready) {
        var policy = new ScalingPolicy(
                min,
                max,
                new Objective.BacklogPerReplica(10),
                8,
                0.8,
                Duration.ZERO,
                Duration.ZERO,
                100,
                new WhenBlind.Hold(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(1));
        var sample = new Sample.Seen(List.of(pool.queue(ready, 0)), List.of(), new Replicas(10, 10));
        return Autoscaler.decide(PoolState.EMPTY, sample, policy, pool.now);
    }

    @Test
    void keepsTheMinimum() {
        var small = new Pool(Pool.policy(2, 5, Duration.ofSeconds(10)));
        small.run(30, 0);

        assertThat(small.desired).isEqualTo(2);
        assertThat(small.last.reason()).isEqualTo(Reason.MinReplicas);
    }

    private static ScalingPolicy with(WhenBlind rule) {
        var base = Pool.POLICY;
        return new ScalingPolicy(
                0,
                20,
                base.objective(),
                8,
                0.8,
                Duration.ZERO,
                Duration.ofSeconds(30),
                100,
                rule,
                base.drainTimeout(),
                base.tick());
    }
}
