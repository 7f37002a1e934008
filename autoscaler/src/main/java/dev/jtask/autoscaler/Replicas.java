package dev.jtask.autoscaler;

/// The pool's pods at the moment.
///
/// @param desired what the Deployment asks for
/// @param ready pods that take work; the difference is starting or ending
public record Replicas(int desired, int ready) {}
