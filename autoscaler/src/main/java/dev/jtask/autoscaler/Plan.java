package dev.jtask.autoscaler;

/// Between what was decided and what is written: the one place for what is said beside the figures. Pure.
public final class Plan {

    private Plan() {}

    /// @param replicas the pool's pods at the moment
    public static Decision of(Decision decided, Replicas replicas, Directives directives) {
        if (directives.paused()) {
            return decided.instead(replicas.desired(), Reason.Paused, "; paused at %d".formatted(replicas.desired()));
        }
        long waiting = decided.terms().backlog();
        // figures that nobody has are no small backlog
        boolean seen = decided.reason() != Reason.Blind;
        if (seen && replicas.desired() == 0 && decided.replicas() > 0 && waiting <= directives.activation()) {
            return decided.instead(
                    0,
                    Reason.BelowActivation,
                    "; the pool stays empty up to %d messages".formatted(directives.activation()));
        }
        return decided;
    }
}
