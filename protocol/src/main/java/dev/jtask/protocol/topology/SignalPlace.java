package dev.jtask.protocol.topology;

import java.time.Duration;
import java.util.Map;

/// Where one signal of one task lies until it is taken, and where that task's message waits for it: two queues, whose
/// names tell neither the task nor the signal.
///
/// The value's is a classic queue: only there the first of two values counts for certain, and stays the first when it
/// was looked at. The task's is a quorum queue from which a message gets to the task's own queue in whatever way it
/// leaves: its time is over, somebody rejects it, or whoever took it is gone. At no moment it is in neither.
///
/// @param signal its name, of those that the task waits for
public record SignalPlace(String taskId, String signal) {

    /// What a task waits in one go. A longer wait begins anew then, so that what it has got so far is not forgotten.
    public static final Duration LONGEST = Duration.ofDays(14);

    /// The longest name of a signal, in characters.
    private static final int LONGEST_NAME = 100;

    private static final String PREFIX = "jtask.signals.";
    /// After which a value is forgotten that nobody looks at.
    private static final Duration KEPT = LONGEST.plusDays(1);
    /// After which a task's queue is deleted that nobody uses: long after its message has left it.
    private static final Duration LEFT_OVER = LONGEST.plusDays(7);

    /// @throws IllegalArgumentException when it is no name
    public SignalPlace {
        if (!isName(signal)) {
            throw new IllegalArgumentException(
                    "a signal has a name of 1 to %d characters, not '%s'".formatted(LONGEST_NAME, signal));
        }
    }

    /// Whether a signal may have this name.
    public static boolean isName(String text) {
        return !text.isBlank() && text.length() <= LONGEST_NAME;
    }

    /// The queue of the value.
    public String value() {
        return PREFIX + QueueNames.hash(taskId + "\n" + signal) + ".value";
    }

    /// It takes one value.
    public static Map<String, Object> valueArguments() {
        return Map.of(
                "x-queue-type",
                "classic",
                "x-max-length",
                1,
                "x-overflow",
                "reject-publish",
                "x-expires",
                KEPT.toMillis());
    }

    /// The queue of the task's message, the same for all its signals.
    public String task() {
        return PREFIX + QueueNames.hash(taskId) + ".task";
    }

    /// As the queues of delays: no message is dropped between two queues, whatever happens to the broker.
    ///
    /// @param backTo the queue to which the message goes
    public static Map<String, Object> taskArguments(String backTo) {
        return Map.of(
                "x-queue-type", "quorum",
                "x-overflow", "reject-publish",
                "x-dead-letter-strategy", "at-least-once",
                "x-dead-letter-exchange", "",
                "x-dead-letter-routing-key", backTo,
                // who takes it and is gone has woken it all the same
                "x-delivery-limit", 0,
                "x-expires", LEFT_OVER.toMillis());
    }
}
