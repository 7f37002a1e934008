package dev.jtask.worker.registry;

import org.jspecify.annotations.Nullable;

/// The most of a task, or of each of its keys, on all workers together.
///
/// @param maxConcurrent runs at the same time; 0 without limit
/// @param maxRate starts in a time; null without limit
/// @param key by which is counted; null for the task as a whole
public record SharedLimits(
        int maxConcurrent,
        @Nullable StartRate maxRate,
        @Nullable LimitKey key) {

    /// As much as there are slots.
    public static final SharedLimits NONE = new SharedLimits(0, null, null);

    public SharedLimits {
        if (maxConcurrent < 0) {
            throw new IllegalArgumentException(
                    "maxConcurrent = %d: write 1 or more, or 0 for no limit".formatted(maxConcurrent));
        }
        if (key != null && maxConcurrent == 0 && maxRate == null) {
            throw new IllegalArgumentException(
                    "limitKey = \"%s\" limits nothing; add maxConcurrent or maxRate".formatted(key.argument()));
        }
    }

    /// Whether nothing is to be asked.
    public boolean isNone() {
        return maxConcurrent == 0 && maxRate == null;
    }

    /// The same with the place that the key has among the arguments of a task.
    ///
    /// @throws IllegalArgumentException when the task has no such argument
    SharedLimits of(TaskBody body) {
        if (key == null) {
            return this;
        }
        return switch (body) {
            case MethodTask method ->
                new SharedLimits(maxConcurrent, maxRate, method.parameters().key(key.argument()));
            case LambdaTask lambda ->
                new SharedLimits(maxConcurrent, maxRate, lambda.parameters().key(key.argument()));
            default -> this;
        };
    }
}
