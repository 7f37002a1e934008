package dev.jtask.autoscaler;

/// Between what was decided and what is written: the one place for what is said beside the figures. Pure.
public final class Plan {

    private Plan() {}

    /// @param replicas the pool's pods at the moment
    public static Decision of(Decision decided, Replicas replicas, Directives directives) {
        int current = replicas.desired();
        if (directives.paused()) {
            return decided.instead(current, Reason.Paused, "; paused at %d".formatted(current), null);
        }
        var awake = activated(decided, current, directives.activation());
        var range = directives.range();
        return within(fused(awake, Math.max(current, range.floor())), current, range);
    }

    private static Decision activated(Decision decided, int current, long activation) {
        long waiting = decided.terms().backlog();
        return isSeen(decided) && current == 0 && decided.replicas() > 0 && waiting <= activation
                ? decided.instead(
                        0,
                        Reason.BelowActivation,
                        "; the pool stays empty up to %d messages".formatted(activation),
                        null)
                : decided;
    }

    /// A pool whose runs fail does not grow, but to its floor; an empty one starts a pod, which tells when that is over.
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
        int most = isSeen(decided) ? range.ceiling() : Math.max(range.ceiling(), current);
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
        return decided.reason() != Reason.Blind;
    }
}
