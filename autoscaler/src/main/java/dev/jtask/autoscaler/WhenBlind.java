package dev.jtask.autoscaler;

/// What to do while the backlog is unknown.
public sealed interface WhenBlind {

    /// Keep the size.
    record Hold() implements WhenBlind {}

    /// Go to a fixed size.
    record Fixed(int replicas) implements WhenBlind {}
}
