package dev.jtask.operator.reconcile;

import java.time.Duration;

/// How long reconciles wait.
///
/// @param tick until a pool that waits for something is looked over again
/// @param quiet the same for one that nothing may wake in time: what was refused, or is true after a while; also
///     between two writes of figures alone, and at most between two tries of what failed
/// @param calm the same for one that whatever concerns it wakes
/// @param deletionPatience how long a deleted pool waits for a broker that does not answer
public record Pace(Duration tick, Duration quiet, Duration calm, Duration deletionPatience) {

    /// As the guide says, whatever else is configured.
    private static final Duration QUIET = Duration.ofSeconds(30);
    /// Nothing is known that a pool would have to be looked over for so seldom: it is for what nobody thought of.
    private static final Duration CALM = Duration.ofMinutes(5);

    public static Pace of(Duration tick, Duration deletionPatience) {
        return new Pace(tick, QUIET, CALM, deletionPatience);
    }
}
