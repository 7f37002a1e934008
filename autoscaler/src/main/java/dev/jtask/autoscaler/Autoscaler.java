package dev.jtask.autoscaler;

import dev.jtask.autoscaler.PoolState.Recommendation;
import dev.jtask.autoscaler.PoolState.Remembered;
import java.time.Instant;
import java.util.List;

/// Decides how many pods a pool shall have. Pure: the same arguments give the same decision. See DESIGN.md.
public final class Autoscaler {

    private Autoscaler() {}

    public static Decision decide(PoolState before, Sample sample, ScalingPolicy policy, Instant now) {
        var state = before.asOf(now);
        return switch (sample) {
            case Sample.Blind(var cause, var replicas) -> blind(state, cause, replicas, policy);
            case Sample.Seen seen ->
                Estimate.of(state, seen, policy, now)
                        .map(estimate -> seen(estimate, seen, policy, now))
                        .orElseGet(() -> blind(state, Sentences.unknown(seen.unknown()), seen.replicas(), policy));
        };
    }

    private static Decision blind(PoolState state, String cause, Replicas replicas, ScalingPolicy policy) {
        int size = policy.clamp(
                switch (policy.whenBlind()) {
                    case WhenBlind.Hold() -> replicas.desired();
                    case WhenBlind.Fixed(int fixed) -> fixed;
                });
        var message = Sentences.blind(cause, size, policy.whenBlind());
        return new Decision(size, size, Reason.Blind, Basis.NOTHING, message, Terms.NONE, true, null, state);
    }

    private static Decision seen(Estimate seen, Sample.Seen sample, ScalingPolicy policy, Instant now) {
        var replicas = sample.replicas();
        var unknown = sample.unknown();
        int current = replicas.desired();
        var before = seen.state().remembered();
        var need = Need.of(seen, policy);
        var fresh = new Recommendation(now, need.replicas(), !need.terms().learned(), seen.basis());
        var stabilized = Stabilizer.apply(before, current, fresh, policy);
        boolean sparing = !seen.isWhole() || !seen.tasksAreShort(policy);
        int floor = sparing ? Math.min(current, seen.running().busyPods()) : 0;
        int least = seen.isWhole() ? floor : current;
        int kept = Math.max(stabilized.replicas(), least);
        int size = policy.clamp(kept);
        var reason = reason(seen, unknown, need, stabilized, kept, size, policy, current);
        return new Decision(
                size,
                need.replicas(),
                reason,
                seen.basis(),
                Sentences.need(need, policy, seen.basis(), unknown) + Sentences.because(reason, size, policy, need),
                need.terms(),
                sparing,
                reason == stabilized.heldBy() ? stabilized.until() : null,
                seen.state()
                        .remembering(new Remembered(
                                stabilized.recommendations(),
                                Stabilizer.last(before.lastScaleDown(), current, size, now),
                                before.fuse().advance(seen.running().runs(), policy.fuse(), now),
                                seen.isWhole()
                                        ? before.yield().advance(seen, replicas.ready(), need.replicas(), policy, now)
                                        : before.yield())));
    }

    private static Reason reason(
            Estimate seen,
            List<QueueSample> unknown,
            Need need,
            Stabilizer.Result stabilized,
            int kept,
            int size,
            ScalingPolicy policy,
            int current) {
        if (size == policy.maxReplicas() && Stabilizer.isMore(need.replicas(), size)) {
            return Reason.MaxReplicas;
        }
        if (!seen.isWhole() && kept == current && current > policy.minReplicas() && need.replicas() < current) {
            return Reason.CountOnly;
        }
        if (kept > stabilized.replicas()) {
            return Reason.InFlight;
        }
        var heldBy = stabilized.heldBy();
        if (heldBy != null) {
            return heldBy;
        }
        if (size > kept) {
            return Reason.MinReplicas;
        }
        if (need.replicas() == 0 && need.terms().busySlots() == 0) {
            // of a queue of which nothing is known there may be work
            return unknown.isEmpty() ? Reason.Idle : Reason.CountOnly;
        }
        if (size == current && Math.ceil(need.replicas()) != size) {
            return Reason.WithinTolerance;
        }
        return policy.objective() instanceof Objective.DrainTime ? Reason.DrainTime : Reason.BacklogPerReplica;
    }
}
