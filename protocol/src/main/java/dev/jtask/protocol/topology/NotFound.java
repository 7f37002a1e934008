package dev.jtask.protocol.topology;

import java.util.List;

/// What RabbitMQ means by NOT_FOUND: that nobody has declared a queue, or that the node which has it is away.
public final class NotFound {

    private static final List<String> AWAY = List.of(
            "is down or inaccessible", "stopped by supervisor", "has crashed and failed to restart", "due to timeout");

    private NotFound() {}

    /// Whether the queue is there and only cannot be reached: nobody may declare it, and it comes back.
    ///
    /// @param words of the broker
    public static boolean isAway(String words) {
        return AWAY.stream().anyMatch(words::contains);
    }
}
