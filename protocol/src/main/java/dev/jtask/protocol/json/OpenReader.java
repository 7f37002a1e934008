package dev.jtask.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.Temporal;
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
        } catch (DateTimeException | IllegalArgumentException e) {
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
            case "datetime" -> moment(TypedValues.text(value));
            case "date" -> WireDates.day(TypedValues.text(value));
            case "time" -> time(TypedValues.text(value));
            case "decimal" -> TypedValues.decimal(value);
            case "uuid" -> TypedValues.uuid(value);
            case "bytes", "base64" -> TypedValues.bytes(type, value);
            default -> map(node);
        };
    }

    /// What has no offset stays without one, so that it goes back as it came.
    private static Temporal moment(String text) {
        return WireDates.read(text) instanceof OffsetDateTime aware ? aware.toInstant() : WireDates.local(text);
    }

    private static Temporal time(String text) {
        var read = DateTimeFormatter.ISO_TIME.parseBest(text, OffsetTime::from, LocalTime::from);
        return (Temporal) read;
    }
}
