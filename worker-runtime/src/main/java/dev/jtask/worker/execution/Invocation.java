package dev.jtask.worker.execution;

import dev.jtask.protocol.TaskMessage;
import dev.jtask.worker.registry.TaskDefinition;

/// A decoded message with the task that it calls.
public record Invocation(TaskMessage message, TaskDefinition definition, Attempt attempt) {

    public Received received() {
        return attempt.received();
    }
}
