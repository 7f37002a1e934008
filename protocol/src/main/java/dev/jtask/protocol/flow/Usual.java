package dev.jtask.protocol.flow;

/// How a task is sent of which its signature, or its request, says nothing else.
///
/// @param queue where it goes
/// @param priority 0..255; 0 for none
public record Usual(String queue, int priority) {}
