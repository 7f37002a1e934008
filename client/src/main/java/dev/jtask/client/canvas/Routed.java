package dev.jtask.client.canvas;

import dev.jtask.protocol.TaskMessage;

/// A message and the queue it goes to.
public record Routed(String queue, TaskMessage message) {}
