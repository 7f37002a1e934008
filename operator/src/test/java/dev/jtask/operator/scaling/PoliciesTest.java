package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.FuseRule;
import dev.jtask.autoscaler.Objective;
import dev.jtask.autoscaler.ScalingPolicy;
import dev.jtask.autoscaler.WhenBlind;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.workload.PodTerms;
import java.time.Duration;
import java.util.List;
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

        assertThat(Policies.of(spec, PodTerms.of(spec, null, List.of()), new WhenBlind.Fixed(6), TICK))
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
        var policy = policy("queues: [{name: orders}]\nscaling: {objective: {backlogPerReplica: 20}}");

        assertThat(policy.objective()).isEqualTo(new Objective.BacklogPerReplica(20));
    }

    @Test
    void theGuardsOfAPoolThatSaysNothingAreTheAutoscalers() {
        var policy = policy("queues: [{name: orders}]");

        assertThat(policy.fuse()).isEqualTo(FuseRule.DEFAULTS);
        assertThat(policy.retryGrowthAfter()).isEqualTo(ScalingPolicy.RETRY_GROWTH_AFTER);
    }

    private static ScalingPolicy policy(String text) {
        var spec = Pools.pool(text).getSpec();
        return Policies.of(spec, PodTerms.of(spec, null, List.of()), new WhenBlind.Hold(), TICK);
    }
}
