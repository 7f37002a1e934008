package dev.jtask.operator.reconcile;

import java.time.Duration;

/// How long reconciles wait.
///
/// @param tick until a pool that waits for something is looked over again
/// @param quiet the same for one that nothing may wake in time: what was refused, or is true after a while
/// @param calm the same for one that whatever concerns it wakes
/// @param deletionPatience how long a deleted pool waits for a broker that does not answer
public record Pace(Duration tick, Duration quiet, Duration calm, Duration deletionPatience) {}
