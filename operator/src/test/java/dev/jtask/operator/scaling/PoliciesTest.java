package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.FuseRule;
import dev.jtask.autoscaler.Objective;
import dev.jtask.autoscaler.ScalingPolicy;
import dev.jtask.autoscaler.WhenBlind;
import dev.jtask.operator.fake.Pools;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PoliciesTest {

    private static final Duration TICK = Duration.ofSeconds(5);

    @Test
    void everyRuleOfTheSpecReachesTheAutoscaler() {
        var spec = Pools.pool("""
            queues: [{name: orders}]
            concurrency: 4
            drainTimeout: 2m
            scaling:
              minReplicas: 2
              maxReplicas: 30
              objective: {drainTime: 90s}
              targetUtilization: 75
              scaleUp: {stabilization: 10s, retryAfter: 3m}
              scaleDown: {stabilization: 3m, maxPercent: 50}
              failureFuse: {failedPercent: 30, within: 1m, leastRuns: 5}
              whenBlind: {mode: Replicas, replicas: 6}
            """).getSpec();

        assertThat(Policies.of(spec, new WhenBlind.Fixed(6), TICK))
                .isEqualTo(new ScalingPolicy(
                        2,
                        30,
                        new Objective.DrainTime(Duration.ofSeconds(90)),
                        4,
                        0.75,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(3),
                        50,
                        new WhenBlind.Fixed(6),
                        Duration.ofMinutes(2),
                        TICK,
                        new FuseRule(30, Duration.ofMinutes(1), 5),
                        Duration.ofMinutes(3)));
    }

    @Test
    void depthForEachReplicaIsTheOtherObjective() {
        var policy = Policies.of(
                Pools.pool("queues: [{name: orders}]\nscaling: {objective: {backlogPerReplica: 20}}")
                        .getSpec(),
                new WhenBlind.Hold(),
                TICK);

        assertThat(policy.objective()).isEqualTo(new Objective.BacklogPerReplica(20));
    }

    @Test
    void theGuardsOfAPoolThatSaysNothingAreTheAutoscalers() {
        var policy = Policies.of(Pools.pool("queues: [{name: orders}]").getSpec(), new WhenBlind.Hold(), TICK);

        assertThat(policy.fuse()).isEqualTo(FuseRule.DEFAULTS);
        assertThat(policy.retryGrowthAfter()).isEqualTo(ScalingPolicy.RETRY_GROWTH_AFTER);
    }
}
