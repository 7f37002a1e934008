package dev.jtask.client.canvas;

import dev.jtask.protocol.Route;
import dev.jtask.protocol.TaskMessage;

/// A message and where it goes.
public record Routed(Route route, TaskMessage message) {}
