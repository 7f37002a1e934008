package dev.jtask.worker.registry;

import dev.jtask.protocol.text.Beginning;
import java.nio.charset.StandardCharsets;

/// Names of tasks and queues: what AMQP's short strings, logs and dead letters can carry.
final class WireNames {

    private static final int LIMIT = 255;

    private WireNames() {}

    /// @param what the option that it is the value of
    /// @throws IllegalArgumentException quoting a name that cannot be one
    static void check(String what, String name) {
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "%s = \"%s\" is empty or has line breaks; write words, such as orders.ship"
                            .formatted(what, name.replaceAll("\\p{Cntrl}", "?")));
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LIMIT) {
            throw new IllegalArgumentException(
                    "%s = \"%s\" is longer than %d bytes; shorten it".formatted(what, Beginning.of(name, 40), LIMIT));
        }
    }
}
