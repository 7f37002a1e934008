package dev.jtask.protocol.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A signature's own headers, of values that AMQP knows and that fit into its frame: a flow that is accepted can be
/// sent.
final class PlainHeaders {

    /// They tell the broker where else the message is to go; it ends the channel for any that is no array.
    private static final List<String> COPIES = List.of("CC", "BCC");

    private int bytes;

    private PlainHeaders() {}

    /// @throws IllegalArgumentException when a value cannot travel as a header
    static Map<String, @Nullable Object> of(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return Map.of();
        }
        if (json instanceof ObjectNode object) {
            var headers = new PlainHeaders().table(object, 1);
            new Headers(headers).requireWithinLimits();
            COPIES.forEach(name -> requireArray(name, object));
            requireCompression(headers.get(HeaderNames.COMPRESSION));
            return headers;
        }
        throw new IllegalArgumentException("option headers must be an object");
    }

    private Map<String, @Nullable Object> table(ObjectNode json, int depth) {
        var table = new LinkedHashMap<String, @Nullable Object>();
        for (var entry : json.properties()) {
            var name = entry.getKey();
            if (!Headers.isShort(name)) {
                throw new IllegalArgumentException("a name in option headers is longer than 255 bytes");
            }
            count(name);
            table.put(name, value(name, entry.getValue(), depth));
        }
        return table;
    }

    private @Nullable Object value(String name, JsonNode json, int depth) {
        if (json.isContainerNode() && depth >= Limits.HEADER_DEPTH) {
            throw wrong(name, "is nested deeper than %d levels".formatted(Limits.HEADER_DEPTH));
        }
        if (json instanceof ArrayNode array) {
            var list = new ArrayList<@Nullable Object>();
            array.forEach(element -> list.add(value(name, element, depth + 1)));
            return list;
        }
        if (json instanceof ObjectNode object) {
            if (object.has("__type__")) {
                throw wrong(name, "is a typed value; send it as text");
            }
            return table(object, depth + 1);
        }
        if (json.isNumber()) {
            return number(name, json);
        }
        if (json.isBoolean()) {
            return json.booleanValue();
        }
        var text = json.textValue();
        if (text != null) {
            if (text.length() > Limits.HEADER_TEXT) {
                throw wrong(name, "is longer than %d characters".formatted(Limits.HEADER_TEXT));
            }
            count(text);
        }
        return text;
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

    private void count(String text) {
        bytes += text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Limits.OWN_HEADERS_BYTES) {
            throw new IllegalArgumentException(
                    "option headers takes more than %d bytes".formatted(Limits.OWN_HEADERS_BYTES));
        }
    }

    private static void requireArray(String name, ObjectNode headers) {
        if (headers.has(name) && !headers.path(name).isArray()) {
            throw wrong(name, "is no array of routing keys");
        }
    }

    private static void requireCompression(@Nullable Object name) {
        if (name != null) {
            // by doing it, for that takes a library too
            var ignored = Compression.compress(new byte[0], String.valueOf(name));
        }
    }

    private static IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException(Excerpt.of("header %s in option headers %s".formatted(name, what)));
    }
}
