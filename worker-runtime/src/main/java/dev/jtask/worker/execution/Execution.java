package dev.jtask.worker.execution;

import dev.jtask.protocol.DecodeResult;

/// A delivery with what was made of it.
///
/// @param definedIgnoresResult what the task's own definition says, for senders that do not
public record Execution(DecodeResult decoded, Outcome outcome, boolean definedIgnoresResult) {

    /// The task's name for metrics and logs; a message that names none is `unknown`.
    public String taskName() {
        return switch (decoded) {
            case DecodeResult.Decoded(var task) -> task.task();
            case DecodeResult.Malformed _ -> "unknown";
        };
    }
}
