package dev.jtask.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.json.TypedJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Values as they are on the wire.
final class Json {

    private Json() {}

    @SuppressWarnings("TypeParameterUnusedInFormals") // the class says it
    static <V> V read(String what, JsonNode value, Class<V> type) {
        if (value.isMissingNode()) {
            throw new IllegalArgumentException("there is no " + what);
        }
        try {
            return TypedJson.mapper().treeToValue(value, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "%s is no %s: %s".formatted(what, type.getName(), e.getOriginalMessage()), e);
        }
    }

    static JsonNode of(@Nullable Object value) {
        return TypedJson.mapper().valueToTree(value);
    }

    /// Whether they are written alike: an `int` and a `long` are one number on the wire.
    static boolean same(JsonNode one, JsonNode other) {
        try {
            var json = TypedJson.mapper();
            return json.readTree(json.writeValueAsBytes(one)).equals(json.readTree(json.writeValueAsBytes(other)));
        } catch (IOException e) {
            throw new IllegalArgumentException("a value cannot be written as JSON", e);
        }
    }
}
