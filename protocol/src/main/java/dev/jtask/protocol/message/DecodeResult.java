package dev.jtask.protocol.message;

import org.jspecify.annotations.Nullable;

/// A delivery after decoding: a task, or what could be read of a message that is none.
public sealed interface DecodeResult {

    /// A task to run.
    record Decoded(TaskMessage task) implements DecodeResult {}

    /// No task.
    ///
    /// @param reason a sentence that names what is wrong
    record Malformed(
            String reason,
            @Nullable String id,
            @Nullable String task,
            @Nullable String replyTo,
            @Nullable String correlationId)
            implements DecodeResult {}
}
