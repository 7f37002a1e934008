package dev.jtask.autoscaler;

import java.util.Objects;

/// How many pods the objective asks for, as a real number.
///
/// @param replicas pods, not rounded
record Need(double replicas, Terms terms) {

    /// Taken for the busy time of a task until one has been seen.
    static final double ASSUMED_BUSY_SECONDS = 1;
    /// Taken for a pod's start-up until one has been seen.
    static final double ASSUMED_STARTUP_SECONDS = 5;

    static Need of(Estimate seen, ScalingPolicy policy) {
        double busy = Objects.requireNonNullElse(seen.state().busySeconds(), ASSUMED_BUSY_SECONDS);
        double startup = Objects.requireNonNullElse(seen.state().startupSeconds(), ASSUMED_STARTUP_SECONDS);
        // a rate is an average over the past: when all is done and nothing came for a while, there is none
        double rate = isQuiet(seen, policy) ? 0 : seen.arrivalRate();
        boolean learned = seen.state().busySeconds() != null;
        return switch (policy.objective()) {
            case Objective.DrainTime(var within) -> {
                double tick = policy.tick().toNanos() / 1e9;
                double time = Math.max(within.toNanos() / 1e9 - startup, tick);
                double arrivalTerm = rate * busy / policy.targetUtilization();
                double backlogTerm = seen.backlog() * busy / time;
                double pods = (arrivalTerm + backlogTerm) / policy.slotsPerReplica();
                yield new Need(
                        pods,
                        new Terms(
                                rate,
                                busy,
                                learned,
                                seen.backlog(),
                                seen.inFlight(),
                                startup,
                                arrivalTerm,
                                backlogTerm));
            }
            case Objective.BacklogPerReplica(int messages) ->
                new Need(
                        (double) (seen.backlog() + seen.unacked()) / messages,
                        new Terms(rate, busy, learned, seen.backlog(), seen.inFlight(), startup, 0, 0));
        };
    }

    private static boolean isQuiet(Estimate seen, ScalingPolicy policy) {
        double quiet = Math.max(2 * policy.tick().toNanos() / 1e9, 3);
        return seen.backlog() == 0 && seen.unacked() == 0 && seen.sinceArrival() >= quiet;
    }
}
