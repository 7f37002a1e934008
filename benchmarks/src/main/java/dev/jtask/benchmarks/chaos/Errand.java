package dev.jtask.benchmarks.chaos;

import java.util.List;

/// What is sent at once: one task, or a flow of several.
///
/// @param key begins the keys of all its tasks
/// @param queue where it is sent
/// @param tasks how many tasks it has
record Errand(String key, String queue, Shape shape, int tasks) {

    /// The shapes of what is sent.
    sealed interface Shape {}

    /// One task.
    ///
    /// @param answered whether somebody waits for its result
    /// @param countdownMillis how long it waits in the broker; 0 for not at all
    record Work(int millis, boolean answered, int countdownMillis) implements Shape {}

    /// A task whose result the broker does not take, and closes the channel for.
    record Oversized() implements Shape {}

    /// A task that succeeds at the last of its attempts.
    record Retried(int attempts, int pauseMillis) implements Shape {}

    /// Tasks one after the other.
    record Chained(int steps) implements Shape {}

    /// Tasks beside each other, and one with all their results.
    record Joined(int parts) implements Shape {}

    /// A task that refuses its message.
    record Rejected() implements Shape {}

    /// The key of one of its tasks, counted from 1.
    String part(int number) {
        return key + "." + number;
    }

    /// Whether it waits before it runs for the first time.
    boolean isDelayed() {
        return shape instanceof Work(int _, boolean _, int countdownMillis) && countdownMillis > 0;
    }

    /// What has to become of its tasks.
    List<Expected> expected() {
        return switch (shape) {
            case Work _ -> List.of(Expected.sent(key, 1, Expected.End.DONE));
            case Oversized _, Rejected _ -> List.of(Expected.sent(key, 1, Expected.End.DEAD));
            case Retried(int attempts, int _) -> List.of(Expected.sent(key, attempts, Expected.End.DONE));
            case Chained(int steps) -> Expected.chain(this, steps);
            case Joined(int parts) -> Expected.chord(this, parts);
        };
    }
}
