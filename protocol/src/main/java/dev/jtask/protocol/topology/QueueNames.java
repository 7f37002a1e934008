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
        int length = queue.getBytes(StandardCharsets.UTF_8).length;
        if (length + more > Limits.SHORT_BYTES) {
            throw new IllegalArgumentException(
                    "queue %s has a name of %d bytes, %s it may have %d; give it a shorter one"
                            .formatted(queue, length, purpose, Limits.SHORT_BYTES - more));
        }
    }
}
