package dev.jtask.client.result;

import org.jspecify.annotations.Nullable;

/// What a task gave out by `context.emit(…)` while it ran.
///
/// @param attempt from 1: which attempt of the task it is of
/// @param number from 1, without gaps; 1 again means that the task has begun anew, and that what came before is
/// of a run that came to nothing
public record Piece<P extends @Nullable Object>(int attempt, long number, P value) {

    /// Whether the task has begun, or begun anew.
    public boolean isFirst() {
        return number == 1;
    }
}
