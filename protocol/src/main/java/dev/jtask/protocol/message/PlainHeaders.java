package dev.jtask.protocol.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.OpenReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A signature's own headers, of values that AMQP knows and that fit into its frame: a flow that is accepted can be
/// sent.
@SuppressWarnings("JavaUtilDate") // as the AMQP client has it
final class PlainHeaders {

    private static final String SUBJECT = "header %s in option headers";

    private PlainHeaders() {}

    /// @throws IllegalArgumentException when a value cannot travel as a header
    static Map<String, @Nullable Object> of(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return Map.of();
        }
        if (json instanceof ObjectNode object) {
            var headers = table(object);
            OwnHeaders.requireSendable(headers, SUBJECT);
            requireCompression(headers.get(HeaderNames.COMPRESSION));
            return headers;
        }
        throw new IllegalArgumentException("option headers must be an object");
    }

    private static Map<String, @Nullable Object> table(ObjectNode json) {
        var table = new LinkedHashMap<String, @Nullable Object>();
        json.properties().forEach(entry -> table.put(entry.getKey(), value(entry.getKey(), entry.getValue())));
        return table;
    }

    private static @Nullable Object value(String name, JsonNode json) {
        if (json instanceof ArrayNode array) {
            var list = new ArrayList<@Nullable Object>();
            array.forEach(element -> list.add(value(name, element)));
            return list;
        }
        if (json instanceof ObjectNode object) {
            return object.has("__type__") ? typed(name, object) : table(object);
        }
        if (json.isNumber()) {
            return number(name, json);
        }
        return json.isBoolean() ? json.booleanValue() : json.textValue();
    }

    /// One of those that AMQP knows as well.
    private static Object typed(String name, ObjectNode json) {
        try {
            var value = OpenReader.value(json);
            if (value instanceof Instant moment) {
                return Date.from(moment);
            }
            if (value instanceof byte[] || value instanceof BigDecimal) {
                return value;
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            throw wrong(name, "is a typed value that nobody reads: %s".formatted(e.getMessage()));
        }
        throw wrong(name, "is a typed value; send it as text");
    }

    private static Number number(String name, JsonNode json) {
        if (json.isIntegralNumber() && !json.canConvertToLong()) {
            throw wrong(name, "has more than 64 bits");
        }
        if (json.isBigDecimal()) {
            throw wrong(name, "has more digits than a double; send it as text");
        }
        if (!Double.isFinite(json.doubleValue())) {
            throw wrong(name, "is %s, which brokers cannot read; send it as text".formatted(json.asText()));
        }
        return json.numberValue();
    }

    private static void requireCompression(@Nullable Object name) {
        if (name != null) {
            // by doing it, for that takes a library too
            var ignored = Compression.compress(new byte[0], String.valueOf(name));
        }
    }

    private static IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException(Excerpt.of("%s %s".formatted(SUBJECT.formatted(name), what)));
    }
}
