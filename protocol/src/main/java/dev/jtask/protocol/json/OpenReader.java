package dev.jtask.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON into plain Java values where the target type is open (`Object`), typed values included.
public final class OpenReader extends StdDeserializer<Object> {

    OpenReader() {
        super(Object.class);
    }

    @Override
    public @Nullable Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
        JsonNode node = context.readTree(in);
        try {
            return value(node);
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw context.weirdStringException(node.toString(), Object.class, String.valueOf(e.getMessage()));
        }
    }

    /// @throws DateTimeException or IllegalArgumentException when a typed value is not of its type
    public static @Nullable Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> {
                var list = new ArrayList<@Nullable Object>(node.size());
                node.forEach(element -> list.add(value(element)));
                yield list;
            }
            case OBJECT -> TypedValues.isTyped(node) ? typed(node) : map(node);
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.numberValue();
            case STRING -> node.textValue();
            case BINARY, MISSING, NULL, POJO -> null;
        };
    }

    private static Map<String, @Nullable Object> map(JsonNode node) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        node.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
        return map;
    }

    /// An unknown type is left as the object it is: jtask rejects nothing that it need not understand.
    private static @Nullable Object typed(JsonNode node) {
        var type = node.get(TypedValues.TYPE).asText();
        var value = node.get(TypedValues.VALUE);
        return switch (type) {
            case "datetime" -> WireDates.parse(value.asText());
            case "date" -> WireDates.day(value.asText());
            case "time" -> LocalTime.parse(value.asText());
            case "decimal" -> new BigDecimal(value.asText());
            case "uuid" -> TypedValues.uuid(value);
            case "bytes", "base64" -> TypedValues.bytes(type, value.asText());
            default -> map(node);
        };
    }
}
