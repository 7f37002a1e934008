package dev.jtask.autoscaler;

/// What decided the size of a pool, as it stands in its status.
public enum Reason {
    /// The drain objective asks for this size.
    DrainTime,
    /// The plain depth asks for this size.
    BacklogPerReplica,
    /// Nothing waits and nothing runs.
    Idle,
    /// More would be right, but the pool may not grow further.
    MaxReplicas,
    /// Less would do, but the pool may not shrink further.
    MinReplicas,
    /// Less would do, but tasks still run.
    InFlight,
    /// A change is due once its recommendation has stood long enough.
    Stabilizing,
    /// The pool shrinks in steps.
    RateLimited,
    /// The size is near enough to the need.
    WithinTolerance,
    /// Somebody asked to keep the size.
    Paused,
    /// More would be right if what the pool runs did not fail.
    Failing,
    /// More would be right if more pods did more.
    Ineffective,
    /// Less would do, but a window asks for so many.
    WindowFloor,
    /// More would be right, but a window allows no more.
    WindowCeiling,
    /// More would be right, but the pods of all pools together are limited.
    Budget,
    /// The pool is empty, and too little waits to change that.
    BelowActivation,
    /// Less may do, but only what waits is known.
    CountOnly,
    /// The backlog is unknown.
    Blind,
    /// Whoever sets `spec.replicas` decides.
    Off
}
