package dev.jtask.autoscaler;

import dev.jtask.autoscaler.PoolState.Recommendation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds a change back until it has been right long enough, with HPA v2's windows: growing takes the smallest
/// recommendation of its window, shrinking the largest. A window that has not been watched whole holds: an operator
/// that has just started must not shrink a pool on one look.
final class Stabilizer {

    private static final Duration STEP = Duration.ofSeconds(15);

    /// @param heldBy why the size is not yet what was wanted, null when it is
    record Result(int replicas, @Nullable Reason heldBy, List<Recommendation> recommendations) {}

    private Stabilizer() {}

    static Result apply(PoolState state, int current, int wanted, ScalingPolicy policy, Instant now) {
        var recommendations = remember(state.recommendations(), new Recommendation(now, wanted), policy);
        if (wanted > current) {
            int smallest = within(recommendations, now, policy.scaleUpStabilization()).stream()
                    .mapToInt(Recommendation::replicas)
                    .min()
                    .orElse(wanted);
            return smallest > current
                    ? new Result(smallest, null, recommendations)
                    : new Result(current, Reason.Stabilizing, recommendations);
        }
        if (wanted == current) {
            return new Result(current, null, recommendations);
        }
        return shrink(state, current, recommendations, policy, now);
    }

    private static Result shrink(
            PoolState state, int current, List<Recommendation> recommendations, ScalingPolicy policy, Instant now) {
        var window = policy.scaleDownStabilization();
        if (recommendations.getFirst().at().isAfter(now.minus(window))) {
            return new Result(current, Reason.Stabilizing, recommendations);
        }
        int largest = within(recommendations, now, window).stream()
                .mapToInt(Recommendation::replicas)
                .max()
                .orElse(current);
        if (largest >= current) {
            return new Result(current, Reason.Stabilizing, recommendations);
        }
        return step(state, current, largest, recommendations, policy, now);
    }

    private static Result step(
            PoolState state,
            int current,
            int target,
            List<Recommendation> recommendations,
            ScalingPolicy policy,
            Instant now) {
        if (policy.scaleDownMaxPercent() == 100) {
            return new Result(target, null, recommendations);
        }
        var last = state.lastScaleDown();
        if (last != null && last.isAfter(now.minus(STEP))) {
            return new Result(current, Reason.RateLimited, recommendations);
        }
        int most = Math.max(1, current * policy.scaleDownMaxPercent() / 100);
        return target >= current - most
                ? new Result(target, null, recommendations)
                : new Result(current - most, Reason.RateLimited, recommendations);
    }

    /// Keeps what the longer window needs and the one before it, which tells that the window was watched whole.
    private static List<Recommendation> remember(
            List<Recommendation> before, Recommendation fresh, ScalingPolicy policy) {
        var longest = policy.scaleUpStabilization().compareTo(policy.scaleDownStabilization()) > 0
                ? policy.scaleUpStabilization()
                : policy.scaleDownStabilization();
        var horizon = fresh.at().minus(longest);
        var kept = new ArrayList<Recommendation>();
        for (int i = 0; i < before.size(); i++) {
            boolean followedByOld =
                    i + 1 < before.size() && !before.get(i + 1).at().isAfter(horizon);
            if (!followedByOld) {
                kept.add(before.get(i));
            }
        }
        kept.add(fresh);
        return kept;
    }

    private static List<Recommendation> within(List<Recommendation> all, Instant now, Duration window) {
        var start = now.minus(window);
        return all.stream().filter(each -> !each.at().isBefore(start)).toList();
    }
}
