package dev.jtask.protocol.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A signature's own headers, of values that AMQP knows.
final class PlainHeaders {

    private PlainHeaders() {}

    /// @throws IllegalArgumentException when a value cannot travel as a header
    static Map<String, @Nullable Object> of(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return Map.of();
        }
        if (json instanceof ObjectNode object) {
            var headers = table(object);
            new Headers(headers).requireWithinLimits();
            return headers;
        }
        throw new IllegalArgumentException("option headers must be an object");
    }

    private static Map<String, @Nullable Object> table(ObjectNode json) {
        var table = new LinkedHashMap<String, @Nullable Object>();
        for (var entry : json.properties()) {
            if (!Headers.isShort(entry.getKey())) {
                throw new IllegalArgumentException("a name in option headers is longer than 255 bytes");
            }
            table.put(entry.getKey(), value(entry.getKey(), entry.getValue()));
        }
        return table;
    }

    private static @Nullable Object value(String name, JsonNode json) {
        if (json instanceof ArrayNode array) {
            var list = new ArrayList<@Nullable Object>();
            array.forEach(element -> list.add(value(name, element)));
            return list;
        }
        if (json instanceof ObjectNode object) {
            if (object.has("__type__")) {
                throw new IllegalArgumentException(
                        Excerpt.of("header %s in option headers is a typed value; send it as text".formatted(name)));
            }
            return table(object);
        }
        if (json.isIntegralNumber() && !json.canConvertToLong()) {
            throw new IllegalArgumentException(
                    Excerpt.of("header %s in option headers has more than 64 bits".formatted(name)));
        }
        if (json.isNumber()) {
            return json.numberValue();
        }
        return json.isBoolean() ? (Object) json.booleanValue() : json.textValue();
    }
}
