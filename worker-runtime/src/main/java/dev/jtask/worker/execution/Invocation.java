package dev.jtask.worker.execution;

import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.registry.TaskDefinition;

/// A decoded message with the task that it calls.
public record Invocation(TaskMessage message, TaskDefinition definition, Attempt attempt) {

    public Received received() {
        return attempt.received();
    }

    /// What the next step sees: this one may have given the attempt another message.
    Invocation onward() {
        var latest = attempt.message();
        return latest == null ? this : new Invocation(latest, definition, attempt);
    }
}
