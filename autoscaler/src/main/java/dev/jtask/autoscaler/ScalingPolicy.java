package dev.jtask.autoscaler;

import java.time.Duration;

/// How a pool may be sized.
///
/// @param minReplicas 0 or more
/// @param maxReplicas at least `minReplicas`
/// @param slotsPerReplica tasks that one pod runs at once
/// @param targetUtilization share of its slots that a pool shall use under steady load, above 0 to 1
/// @param scaleUpStabilization only the smallest recommendation of this time is acted on when growing (as in HPA v2)
/// @param scaleDownStabilization only the largest recommendation of this time is acted on when shrinking (as in HPA v2)
/// @param scaleDownMaxPercent share of the pods that may go in one step of 15 s, 1..100
/// @param drainTimeout how long a running task may take to end after SIGTERM
/// @param tick the time between two samples
/// @param fuse when it does not grow because what it runs fails
/// @param retryGrowthAfter how long a pool that grew for nothing waits before it tries again, zero to grow always
public record ScalingPolicy(
        int minReplicas,
        int maxReplicas,
        Objective objective,
        int slotsPerReplica,
        double targetUtilization,
        Duration scaleUpStabilization,
        Duration scaleDownStabilization,
        int scaleDownMaxPercent,
        WhenBlind whenBlind,
        Duration drainTimeout,
        Duration tick,
        FuseRule fuse,
        Duration retryGrowthAfter) {

    /// Until a pool that grew for nothing tries again.
    public static final Duration RETRY_GROWTH_AFTER = Duration.ofMinutes(5);

    public ScalingPolicy {
        require(minReplicas >= 0, "minReplicas must be 0 or more");
        require(maxReplicas >= minReplicas, "maxReplicas must be at least minReplicas");
        require(slotsPerReplica >= 1, "concurrency must be at least 1");
        require(targetUtilization > 0 && targetUtilization <= 1, "targetUtilization must be above 0 and at most 1");
        require(scaleDownMaxPercent >= 1 && scaleDownMaxPercent <= 100, "scaleDown.maxPercent must be 1 to 100");
        require(tick.isPositive(), "the tick must be positive");
        require(!retryGrowthAfter.isNegative(), "scaleUp.retryAfter must be 0 or more");
    }

    /// A policy with the usual guards.
    public ScalingPolicy(
            int minReplicas,
            int maxReplicas,
            Objective objective,
            int slotsPerReplica,
            double targetUtilization,
            Duration scaleUpStabilization,
            Duration scaleDownStabilization,
            int scaleDownMaxPercent,
            WhenBlind whenBlind,
            Duration drainTimeout,
            Duration tick) {
        this(
                minReplicas,
                maxReplicas,
                objective,
                slotsPerReplica,
                targetUtilization,
                scaleUpStabilization,
                scaleDownStabilization,
                scaleDownMaxPercent,
                whenBlind,
                drainTimeout,
                tick,
                FuseRule.DEFAULTS,
                RETRY_GROWTH_AFTER);
    }

    int clamp(int replicas) {
        return Math.clamp(replicas, minReplicas, maxReplicas);
    }

    private static void require(boolean met, String sentence) {
        if (!met) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
