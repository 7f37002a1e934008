package dev.jtask.protocol.topology;

import dev.jtask.protocol.json.Limits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What AMQP allows of a name that is made from a queue's.
final class QueueNames {

    /// Characters of a [#hash].
    static final int HASH_LENGTH = 32;

    private QueueNames() {}

    /// What stands for a text that may be anything, and nobody's business.
    static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_LENGTH / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("each Java has SHA-256", e);
        }
    }

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
