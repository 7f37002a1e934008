package dev.jtask.worker.execution;

import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskOptions.Trait;
import org.jspecify.annotations.Nullable;

/// A delivery with what was made of it.
///
/// @param definition null when the message names no task of this worker
public record Execution(DecodeResult decoded, @Nullable TaskDefinition definition, Outcome outcome) {

    /// The task's name for metrics; `unknown` for a name that only the message knows, since senders must not be able to
    /// add time series.
    public String taskName() {
        return definition == null ? "unknown" : definition.name();
    }

    /// What the task's own definition says, for senders that do not.
    public boolean definedIgnoresResult() {
        return definition != null && definition.options().is(Trait.IGNORES_RESULT);
    }

    public Execution withOutcome(Outcome other) {
        return new Execution(decoded, definition, other);
    }
}
