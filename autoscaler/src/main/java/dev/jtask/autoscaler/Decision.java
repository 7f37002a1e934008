package dev.jtask.autoscaler;

/// How many pods, and why.
///
/// @param replicas what the Deployment should ask for
/// @param need the pods that the objective asks for, before rounding and limits
/// @param limited whether a minimum or maximum stands between the need and the size
/// @param message one sentence for people
/// @param next the state to decide with at the next tick
public record Decision(
        int replicas, double need, Reason reason, boolean limited, String message, Terms terms, PoolState next) {}
