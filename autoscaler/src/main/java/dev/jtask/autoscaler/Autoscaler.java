package dev.jtask.autoscaler;

import java.time.Instant;

/// Decides how many pods a pool shall have. Pure: the same arguments give the same decision.
///
/// `need = (rate * busy / utilization + backlog * busy / (drainTime - startup)) / slots`; see DESIGN.md.
public final class Autoscaler {

    private static final double TOLERANCE = 0.1;

    private Autoscaler() {}

    public static Decision decide(PoolState state, Sample sample, ScalingPolicy policy, Instant now) {
        return switch (sample) {
            case Sample.Blind(var cause, var replicas) -> blind(state, cause, replicas, policy);
            case Sample.Seen seen ->
                Estimate.of(state, seen, policy, now)
                        .map(estimate -> seen(estimate, seen.replicas(), policy, now))
                        .orElseGet(() -> blind(state, "the broker has no figures yet", seen.replicas(), policy));
        };
    }

    private static Decision blind(PoolState state, String cause, Replicas replicas, ScalingPolicy policy) {
        int size = policy.clamp(
                switch (policy.whenBlind()) {
                    case WhenBlind.Hold() -> replicas.desired();
                    case WhenBlind.Fixed(int fixed) -> fixed;
                });
        var message = Sentences.blind(cause, size, policy.whenBlind());
        return new Decision(size, size, Reason.Blind, message, Terms.NONE, state);
    }

    private static Decision seen(Estimate seen, Replicas replicas, ScalingPolicy policy, Instant now) {
        int current = replicas.desired();
        var need = Need.of(seen, policy);
        int wanted = round(need.replicas(), current);
        int floor = Math.min(current, (int) Math.ceilDiv(seen.inFlight(), (long) policy.slotsPerReplica()));
        int kept = wanted < current ? Math.max(wanted, floor) : wanted;
        var stabilized = Stabilizer.apply(seen.state(), current, kept, policy, now);
        int size = policy.clamp(stabilized.replicas());
        var reason = reason(need, wanted, kept, stabilized, size, policy, current);
        var scaledDown = size < current ? now : seen.state().lastScaleDown();
        return new Decision(
                size,
                need.replicas(),
                reason,
                Sentences.need(need, policy) + Sentences.because(reason, size, policy, need),
                need.terms(),
                seen.state().recommending(stabilized.recommendations(), scaledDown));
    }

    /// Rounds up, but only when the real-valued need is clearly off the current size: ten percent above it to grow, ten
    /// percent below the next smaller size to shrink. Noise around a whole number then changes nothing.
    private static int round(double need, int current) {
        if (need > current * (1 + TOLERANCE)) {
            return (int) Math.min(Integer.MAX_VALUE, Math.ceil(need));
        }
        int smaller = (int) Math.ceil(need * (1 + TOLERANCE));
        return Math.min(smaller, current);
    }

    private static Reason reason(
            Need need,
            int wanted,
            int kept,
            Stabilizer.Result stabilized,
            int size,
            ScalingPolicy policy,
            int current) {
        if (size < stabilized.replicas() || (size == policy.maxReplicas() && need.replicas() > size)) {
            return Reason.MaxReplicas;
        }
        var heldBy = stabilized.heldBy();
        if (heldBy != null) {
            return heldBy;
        }
        if (size > stabilized.replicas() || (size == policy.minReplicas() && size > 0 && kept < size)) {
            return Reason.MinReplicas;
        }
        if (kept > wanted) {
            return Reason.InFlight;
        }
        if (need.replicas() == 0 && need.terms().inFlight() == 0) {
            return size == 0 || size > policy.minReplicas() ? Reason.Idle : Reason.MinReplicas;
        }
        if (size == current && Math.ceil(need.replicas()) != size) {
            return Reason.WithinTolerance;
        }
        return policy.objective() instanceof Objective.DrainTime ? Reason.DrainTime : Reason.BacklogPerReplica;
    }
}
