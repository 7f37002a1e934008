package dev.jtask.autoscaler;

import dev.jtask.autoscaler.PoolState.Recommendation;
import dev.jtask.autoscaler.PoolState.Remembered;
import dev.jtask.autoscaler.PoolState.ScaleDown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Holds a change back until it has been right long enough, with HPA v2's windows: growing takes the smallest need of
/// its window, shrinking the largest. A window that has not been watched whole holds: an operator that has just
/// started must not change a pool on one look. What was needed by assumption is void once the service time is known.
final class Stabilizer {

    private static final Duration STEP = Duration.ofSeconds(15);
    /// A pool grows when the need is clearly more than it has, ...
    private static final double GROW = 1.1;
    /// ... and shrinks to a size that has some room: noise around a whole number changes nothing.
    private static final double SHRINK = 1.03;

    /// So many looks may fail one after the other, and the time that takes, before nobody has watched.
    private static final int MISSED_LOOKS = 4;

    private static final Duration LEAST_HOLE = Duration.ofSeconds(20);

    /// @param heldBy why the size is not yet what was wanted, null when it is
    /// @param until when that can change at the earliest, null when at any look
    record Result(
            int replicas, @Nullable Reason heldBy, @Nullable Instant until, List<Recommendation> recommendations) {}

    private Stabilizer() {}

    static Result apply(Remembered before, int current, Recommendation fresh, ScalingPolicy policy) {
        var recommendations = remember(before.recommendations(), fresh, policy);
        var now = fresh.at();
        double least = within(recommendations, fresh, policy.scaleUpStabilization())
                .mapToDouble(Recommendation::replicas)
                .min()
                .orElse(fresh.replicas());
        if (isMore(least, current)) {
            return grown(current, least, recommendations, fresh, policy);
        }
        if (isMore(fresh.replicas(), current)) {
            return new Result(current, Reason.Stabilizing, null, recommendations);
        }
        if (keeps(current, fresh.replicas())) {
            return new Result(current, null, null, recommendations);
        }
        var window = policy.scaleDownStabilization();
        var watched = watchedSince(recommendations, policy, each -> each.basis() == Basis.FIGURES);
        if (watched.isAfter(now.minus(window))) {
            return new Result(current, Reason.Stabilizing, watched.plus(window), recommendations);
        }
        int largest = within(recommendations, fresh, window)
                .mapToInt(each -> ceil(each.replicas() * SHRINK))
                .max()
                .orElse(current);
        if (largest >= current) {
            var last = within(recommendations, fresh, window)
                    .filter(each -> ceil(each.replicas() * SHRINK) >= current)
                    .max(Comparator.comparing(Recommendation::at));
            return new Result(
                    current,
                    Reason.Stabilizing,
                    last.map(each -> each.at().plus(window)).orElse(null),
                    recommendations);
        }
        return step(before, current, largest, recommendations, policy, now);
    }

    /// Whether so many are needed that these are too few.
    static boolean isMore(double need, int replicas) {
        return need > replicas * GROW;
    }

    /// Whether a pool of this size would neither grow nor shrink.
    static boolean keeps(int replicas, double need) {
        return !isMore(need, replicas) && ceil(need * SHRINK) >= replicas;
    }

    /// A count is enough to watch by where a pool grows.
    private static Result grown(
            int current,
            double least,
            List<Recommendation> recommendations,
            Recommendation fresh,
            ScalingPolicy policy) {
        var window = policy.scaleUpStabilization();
        var valid =
                recommendations.stream().filter(each -> isValid(each, fresh)).toList();
        var watched = watchedSince(valid, policy, any -> true);
        return watched.isAfter(fresh.at().minus(window))
                ? new Result(current, Reason.Stabilizing, watched.plus(window), recommendations)
                : new Result(ceil(least), null, null, recommendations);
    }

    /// A window with a hole in it was not watched: what was needed meanwhile is not known.
    private static Instant watchedSince(
            List<Recommendation> recommendations, ScalingPolicy policy, Predicate<Recommendation> watches) {
        var unseen = policy.tick().multipliedBy(MISSED_LOOKS);
        var longest = unseen.compareTo(LEAST_HOLE) > 0 ? unseen : LEAST_HOLE;
        var since = recommendations.getLast().at();
        for (var each : recommendations.reversed()) {
            if (each.at().plus(longest).isBefore(since)) {
                return since;
            }
            if (watches.test(each)) {
                since = each.at();
            }
        }
        return since;
    }

    private static Result step(
            Remembered before,
            int current,
            int target,
            List<Recommendation> recommendations,
            ScalingPolicy policy,
            Instant now) {
        if (policy.scaleDownMaxPercent() == 100) {
            return new Result(target, null, null, recommendations);
        }
        var last = before.lastScaleDown();
        var recent = last != null && isSoon(last, now) ? last : null;
        int most = Math.max(1, current * policy.scaleDownMaxPercent() / 100);
        int least = recent == null ? current - most : recent.from() == current ? recent.to() : current;
        return target >= least && target < current
                ? new Result(target, null, null, recommendations)
                : new Result(
                        least, Reason.RateLimited, (recent == null ? now : recent.at()).plus(STEP), recommendations);
    }

    /// The last step down, after a decision. One that is not carried out, as where it is only recommended, is the same
    /// step at the next look.
    static @Nullable ScaleDown last(@Nullable ScaleDown before, int current, int size, Instant now) {
        boolean same = before != null && before.from() == current && before.to() == size && isSoon(before, now);
        return size < current && !same ? new ScaleDown(now, current, size) : before;
    }

    private static boolean isSoon(ScaleDown step, Instant now) {
        return step.at().isAfter(now.minus(STEP));
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

    private static Stream<Recommendation> within(List<Recommendation> all, Recommendation fresh, Duration window) {
        var start = fresh.at().minus(window);
        return all.stream().filter(each -> !each.at().isBefore(start)).filter(each -> isValid(each, fresh));
    }

    private static boolean isValid(Recommendation one, Recommendation fresh) {
        return fresh.assumed() || !one.assumed();
    }

    private static int ceil(double need) {
        // a hair over a whole number is the arithmetic's, not the load's
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(need - 1e-9));
    }
}
