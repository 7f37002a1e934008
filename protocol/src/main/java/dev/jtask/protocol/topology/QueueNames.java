package dev.jtask.protocol.topology;

import dev.jtask.protocol.json.Limits;
import java.nio.charset.StandardCharsets;

/// What AMQP allows of a name that is made from a queue's.
final class QueueNames {

    private QueueNames() {}

    /// @param more bytes that are added to the name
    /// @param purpose of the addition
    /// @throws IllegalArgumentException when both together are too long
    static void require(String queue, int more, String purpose) {
        if (!hasRoom(queue, more)) {
            throw new IllegalArgumentException(
                    "queue %s has a name of %d bytes, %s it may have %d; give it a shorter one"
                            .formatted(queue, length(queue), purpose, Limits.SHORT_BYTES - more));
        }
    }

    static boolean hasRoom(String queue, int more) {
        return length(queue) + more <= Limits.SHORT_BYTES;
    }

    private static int length(String queue) {
        return queue.getBytes(StandardCharsets.UTF_8).length;
    }
}
