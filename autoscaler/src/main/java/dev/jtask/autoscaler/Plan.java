package dev.jtask.autoscaler;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Between what was decided and what is written: the one place for what is said beside the figures. Pure.
public final class Plan {

    /// With more needed than there is: too little more, or not for long.
    private static final Set<Reason> GROWTH_HELD = Set.of(Reason.WithinTolerance, Reason.Stabilizing);

    /// What waits and arrives asks for the size, and nothing limits it.
    private static final Set<Reason> BY_NEED = Set.of(Reason.DrainTime, Reason.BacklogPerReplica);

    private Plan() {}

    /// @param replicas the pool's pods at the moment
    public static Decision of(Decision decided, Replicas replicas, Directives directives) {
        int current = replicas.desired();
        if (directives.paused()) {
            return decided.instead(current, Reason.Paused, "; paused at %d".formatted(current), null);
        }
        var range = directives.range();
        // a pool that is never empty has nothing to wake from
        var awake = range.floor() > 0 ? decided : activated(decided, current, directives.activation());
        // what is not known of takes nothing away
        int least = Math.max(decided.basis() == Basis.FIGURES ? 0 : current, range.floor());
        var paying = paying(awake, least);
        return within(fused(paying, Math.max(current, range.floor())), current, range);
    }

    /// A pool's part of a budget that is not enough for all.
    ///
    /// @param granted pods that it may have
    /// @param pods of the whole budget
    public static Decision budgeted(Decision planned, int granted, int pods, int priority) {
        return planned.replicas() > granted
                ? planned.instead(
                        granted,
                        Reason.Budget,
                        "; limited to %d by the budget of %d pods for all pools (priority %d)"
                                .formatted(granted, pods, priority),
                        null)
                : planned;
    }

    /// A size that was decided and is not there, as where it is only recommended or may not be written, stays while it
    /// would if it were, a larger one while more is needed than there is. Else another would be told at each look.
    ///
    /// @param last what was decided at the look before
    /// @param current what is there
    public static Decision standing(Decision decided, int last, int current, Range range) {
        return last != current
                        && last != decided.replicas()
                        && last >= range.floor()
                        && last <= range.ceiling()
                        && BY_NEED.contains(decided.reason())
                        && (last < current || decided.need() > current)
                        && Stabilizer.keeps(last, decided.need())
                ? decided.instead(last, decided.reason(), "; %d is near enough".formatted(last), decided.notBefore())
                : decided;
    }

    /// A limit that was told stays so until no more is needed than there is. Else a need that moves about the
    /// point from which more would be given would have it told and taken back from look to look.
    ///
    /// @param reason of the same size at the look before
    /// @param until when that could change
    public static Decision stillLimited(Decision planned, Reason reason, @Nullable Instant until) {
        return GROWTH_HELD.contains(planned.reason()) && planned.need() > planned.replicas()
                ? planned.instead(planned.replicas(), reason, "; it may have no more", until)
                : planned;
    }

    private static Decision activated(Decision decided, int current, long activation) {
        // pools that share a queue would each leave as many messages in it to the other
        boolean wakes = decided.terms().backlog() > 0 && decided.terms().waiting() > activation;
        return isSeen(decided) && current == 0 && decided.replicas() > 0 && !wakes
                ? decided.instead(
                        0,
                        Reason.BelowActivation,
                        "; the pool stays empty up to %d messages".formatted(activation),
                        null)
                : decided;
    }

    /// A pool that grew for nothing goes back.
    ///
    /// @param floor that it keeps in any case
    private static Decision paying(Decision decided, int floor) {
        var cap = decided.next().remembered().yield().cap();
        if (cap == null || !isSeen(decided) || decided.replicas() <= Math.max(cap.most(), floor)) {
            return decided;
        }
        int most = Math.max(cap.most(), floor);
        return cap.onTrial()
                ? decided.instead(
                        most,
                        Reason.Ineffective,
                        "; not more than %d for a trial: more pods did no more before".formatted(most),
                        null)
                : decided.instead(
                        most,
                        Reason.Ineffective,
                        "; limited to %d: more pods did no more, tried again at %s"
                                .formatted(most, cap.until().truncatedTo(ChronoUnit.SECONDS)),
                        cap.until());
    }

    /// A pool whose runs fail does not grow, but to its floor; an empty one starts a pod, which tells when that is
    /// over.
    private static Decision fused(Decision decided, int kept) {
        var fuse = decided.next().remembered().fuse();
        int most = Math.max(kept, 1);
        return isSeen(decided) && fuse.blown() && decided.replicas() > most
                ? decided.instead(
                        most, Reason.Failing, "; not more than %d while %s".formatted(most, fuse.cause()), null)
                : decided;
    }

    /// A ceiling takes nothing away from a pool that nobody sees.
    private static Decision within(Decision decided, int current, Range range) {
        int most = decided.basis() == Basis.FIGURES ? range.ceiling() : Math.max(range.ceiling(), current);
        if (decided.replicas() > most && decided.need() <= most && decided.reason() == Reason.InFlight) {
            // fewer are needed: those above it stay until their tasks end, which is no call for a higher ceiling
            return decided.instead(
                    most,
                    Reason.InFlight,
                    "; no more than %d by window %s".formatted(most, range.ceilingWindow()),
                    decided.notBefore());
        }
        if (decided.replicas() > most) {
            return decided.instead(
                    most,
                    Reason.WindowCeiling,
                    "; limited to %d by window %s".formatted(most, range.ceilingWindow()),
                    range.until());
        }
        int floor = Math.min(range.floor(), most);
        return decided.replicas() < floor
                ? decided.instead(
                        floor,
                        Reason.WindowFloor,
                        "; %s %d by window %s"
                                .formatted(floor > current ? "raised to" : "kept at", floor, range.floorWindow()),
                        range.until())
                : decided;
    }

    /// Figures that nobody has are no small ones.
    private static boolean isSeen(Decision decided) {
        return decided.basis() != Basis.NOTHING;
    }
}
