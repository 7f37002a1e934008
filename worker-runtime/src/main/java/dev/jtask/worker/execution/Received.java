package dev.jtask.worker.execution;

import dev.jtask.protocol.WireMessage;

/// A message taken from a queue, not yet looked at.
///
/// @param redelivered whether the broker handed it out before
public record Received(String queue, WireMessage message, boolean redelivered) {}
