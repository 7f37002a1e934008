package dev.jtask.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// What holds for any sequence of samples; each repetition is a seed.
class DecisionPropertiesTest {

    @RepeatedTest(50)
    void staysWithinTheBoundsAndFinite(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var pool = new Pool(
                Pool.policy(random.nextInt(3), 3 + random.nextInt(20), Duration.ofSeconds(random.nextInt(60))));
        pool.taskSeconds = Math.exp(random.nextGaussian() * 2);
        pool.startupSeconds = random.nextInt(40);
        for (int i = 0; i < 300; i++) {
            pool.arrive(random.nextInt(10) == 0 ? random.nextInt(5_000) : random.nextInt(20));
            if (random.nextInt(20) == 0) {
                pool.decide(new Sample.Blind("no answer", new Replicas(pool.desired, pool.running)));
            }
            pool.step();
            assertThat(pool.last.need()).isFinite().isNotNegative();
            assertThat(pool.desired).isBetween(pool.policy.minReplicas(), pool.policy.maxReplicas());
            assertThat(pool.last.message()).isNotBlank().doesNotContain("NaN");
        }
    }

    @RepeatedTest(20)
    void aLargerBacklogNeverNeedsFewerPods(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var pool = new Pool(Pool.POLICY);
        pool.run(40, random.nextInt(50));
        double before = -1;
        for (long backlog = 0; backlog < 10_000; backlog += 500) {
            var sample = new Sample.Seen(
                    List.of(pool.queue(backlog, 4)), pool.pods(), new Replicas(pool.desired, pool.running));
            var decision = Autoscaler.decide(pool.state, sample, pool.policy, pool.now.plusSeconds(1));
            assertThat(decision.need()).isGreaterThanOrEqualTo(before);
            assertThat(Autoscaler.decide(pool.state, sample, pool.policy, pool.now.plusSeconds(1)))
                    .isEqualTo(decision);
            before = decision.need();
        }
    }

    @Test
    void whatWaitsStartsAPodHoweverShortItsTasksAreRememberedToBe() {
        for (var objective : List.of(
                new Objective.DrainTime(Duration.ofSeconds(1)),
                new Objective.DrainTime(Duration.ofHours(24)),
                new Objective.BacklogPerReplica(1),
                new Objective.BacklogPerReplica(Integer.MAX_VALUE))) {
            for (double seconds : new double[] {0, 1e-12, 1e-4, 1, 1e9}) {
                var known = PoolState.knowing(null, Map.of("q", seconds), Guards.NONE, Given.START);

                var decision = first(known, objective, 1);

                assertThat(decision.replicas())
                        .as("%s, %s s", objective, seconds)
                        .isGreaterThanOrEqualTo(1);
                assertThat(first(known, objective, 0).replicas()).isZero();
            }
        }
    }

    /// What is decided of an empty pool by somebody who has just started.
    private static Decision first(PoolState known, Objective objective, long waiting) {
        var policy = new ScalingPolicy(
                0,
                50,
                objective,
                8,
                0.9,
                Duration.ZERO,
                Duration.ofSeconds(30),
                100,
                new WhenBlind.Hold(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5));
        var sample =
                new Sample.Seen(List.of(new QueueSample("q", waiting, 0L, 0L, 0L, 0L)), List.of(), new Replicas(0, 0));
        return Autoscaler.decide(known, sample, policy, Given.START);
    }
}
