package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.json.Limits;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A command's arguments, read so that whoever sent what does not fit is told so.
record Arguments(ObjectNode json) {

    /// Of queues, exchanges and nodes, and so of the ids of tasks.
    static final int LONGEST_NAME = Limits.SHORT_BYTES;

    private static final TextNode EMPTY = TextNode.valueOf("");
    private static final int MOST_NAMES = 50_000;
    private static final double SHORTEST_SECONDS = 0.001;
    private static final double LONGEST_SECONDS = 365 * 86_400.0;

    JsonNode get(String key) {
        return json.path(key);
    }

    boolean has(String key) {
        return json.hasNonNull(key);
    }

    /// By Python's notion of it.
    boolean is(String key) {
        return json.path(key).asBoolean(false);
    }

    /// A queue, an exchange, a node.
    ///
    /// @throws IllegalArgumentException when it is missing, or AMQP has no such names
    String name(String key) {
        if (!has(key)) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return name(key, json.path(key));
    }

    /// Absent, null and empty mean the usual.
    String name(String key, String usual) {
        return has(key) && !json.path(key).equals(EMPTY) ? name(key) : usual;
    }

    /// A text, or an array of texts.
    Set<String> names(String key) {
        if (!has(key)) {
            throw new IllegalArgumentException(key + " is missing");
        }
        var value = json.path(key);
        var names = new LinkedHashSet<String>();
        for (var each : value.isArray() ? value : List.of(value)) {
            names.add(name(key, each));
        }
        if (names.size() > MOST_NAMES) {
            throw new IllegalArgumentException("%s may have at most %d elements".formatted(key, MOST_NAMES));
        }
        return names;
    }

    /// From 1 to the most.
    ///
    /// @param usual when it is absent
    int whole(String key, int usual, int most) {
        var value = json.path(key);
        if (value.isMissingNode()) {
            return usual;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1 || value.intValue() > most) {
            throw new IllegalArgumentException("%s must be a whole number from 1 to %d".formatted(key, most));
        }
        return value.intValue();
    }

    /// Null when it is absent, null or zero, which all mean none.
    @Nullable
    Double seconds(String key) {
        if (!has(key)) {
            return null;
        }
        var value = json.path(key);
        double seconds = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (seconds == 0) {
            return null;
        }
        if (seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS) {
            return seconds;
        }
        throw new IllegalArgumentException("%s must be seconds, from %s to %.0f, or null for none"
                .formatted(key, SHORTEST_SECONDS, LONGEST_SECONDS));
    }

    private static String name(String key, JsonNode value) {
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new IllegalArgumentException(key + " must be a text that is not empty");
        }
        return checked(key, value.textValue());
    }

    /// @param what it is
    static String checked(String what, String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IllegalArgumentException("%s may have at most %d bytes".formatted(what, LONGEST_NAME));
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " must not have control characters");
        }
        return text;
    }
}
