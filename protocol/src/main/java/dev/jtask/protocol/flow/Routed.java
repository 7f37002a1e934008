package dev.jtask.protocol.flow;

import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskMessage;

/// A message and where it goes.
public record Routed(Route route, TaskMessage message) {}
