package dev.jtask.spring.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A header's value as JSON. What JSON has itself is written as it is; AMQP's other types as an object of one member,
/// the type's name.
@SuppressWarnings("JavaUtilDate") // as the AMQP client has it
final class StoredHeader {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private StoredHeader() {}

    /// @throws IllegalArgumentException naming the header when AMQP has no such type
    static JsonNode write(String header, @Nullable Object value) {
        if (value == null) {
            return JSON.nullNode();
        } else if (value instanceof String text) {
            return JSON.textNode(text);
        } else if (value instanceof Boolean truth) {
            return JSON.booleanNode(truth);
        } else if (value instanceof Integer number) {
            return JSON.numberNode(number);
        } else if (value instanceof Collection<?> list) {
            var array = JSON.arrayNode();
            list.forEach(each -> array.add(write(header, each)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            var table = JSON.objectNode();
            map.forEach((name, each) -> table.set(String.valueOf(name), write(header, each)));
            return JSON.objectNode().set("map", table);
        } else if (value instanceof byte[] bytes) {
            return JSON.objectNode().put("bytes", bytes);
        } else if (value instanceof Date date) {
            return JSON.objectNode().put("date", date.getTime());
        }
        return JSON.objectNode().put(type(header, value), value.toString());
    }

    /// @throws IllegalArgumentException when it is not what [#write] makes
    static @Nullable Object read(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL -> null;
            case STRING -> node.asText();
            case BOOLEAN -> node.asBoolean();
            case NUMBER -> node.asInt();
            case ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                node.forEach(each -> list.add(read(each)));
                yield list;
            }
            case OBJECT -> typed(node);
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("no header is a " + node.getNodeType());
        };
    }

    private static String type(String header, Object value) {
        for (var type : List.of(Long.class, Short.class, Byte.class, Double.class, Float.class)) {
            if (type.isInstance(value)) {
                return type.getSimpleName().toLowerCase(Locale.ROOT);
            }
        }
        if (value instanceof BigDecimal) {
            return "decimal";
        }
        throw new IllegalArgumentException("header '%s' is a %s, which AMQP has no type for"
                .formatted(header, value.getClass().getName()));
    }

    private static Object typed(JsonNode node) {
        if (node.size() != 1) {
            throw new IllegalArgumentException("a header has one type, and not %d".formatted(node.size()));
        }
        var type = node.fieldNames().next();
        var value = node.get(type);
        return switch (type) {
            case "map" -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                value.properties().forEach(each -> map.put(each.getKey(), read(each.getValue())));
                yield map;
            }
            case "bytes" -> bytes(value);
            case "date" -> new Date(value.asLong());
            case "long" -> Long.valueOf(value.asText());
            case "short" -> Short.valueOf(value.asText());
            case "byte" -> Byte.valueOf(value.asText());
            case "double" -> Double.valueOf(value.asText());
            case "float" -> Float.valueOf(value.asText());
            case "decimal" -> new BigDecimal(value.asText());
            default -> throw new IllegalArgumentException("no header is a " + type);
        };
    }

    private static byte[] bytes(JsonNode value) {
        return Base64.getDecoder().decode(value.asText());
    }
}
