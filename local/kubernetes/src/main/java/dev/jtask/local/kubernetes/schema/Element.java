package dev.jtask.local.kubernetes.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One step of a path into an object.
///
/// @param encoded as `fieldsV1` has it: `f:name`, `k:{"name":"worker"}`, `v:"x"` or `i:0`
public record Element(String encoded) implements Comparable<Element> {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static Element field(String name) {
        return new Element("f:" + name);
    }

    /// @param index for lists whose items nothing tells apart
    public static Element item(Identity identity, JsonNode item, int index) {
        return switch (identity) {
            case Identity.Atomic() -> new Element("i:" + index);
            case Identity.ByValue() -> new Element("v:" + item);
            case Identity.ByKeys keyed -> {
                var key = JsonNodeFactory.instance.objectNode();
                new TreeMap<>(keyed.keys()).forEach((name, otherwise) -> {
                    var value = item.hasNonNull(name) ? item.get(name) : otherwise;
                    if (!value.isMissingNode()) {
                        key.set(name, value);
                    }
                });
                yield new Element("k:" + key);
            }
        };
    }

    public boolean isField() {
        return encoded.startsWith("f:");
    }

    /// What comes after the kind of element; of a field its name.
    public String content() {
        return encoded.substring(2);
    }

    /// As messages have it: `.name`, `[name="worker"]`, `[="x"]` or `[0]`.
    public String text() {
        return switch (encoded.charAt(0)) {
            case 'f' -> "." + content();
            case 'k' ->
                read(content()).properties().stream()
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining(",", "[", "]"));
            case 'v' -> "[=" + content() + "]";
            default -> "[" + content() + "]";
        };
    }

    @Override
    public int compareTo(Element other) {
        return encoded.compareTo(other.encoded);
    }

    private static JsonNode read(String key) {
        try {
            return JSON.readTree(key);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no key of a list item: " + key, e);
        }
    }
}
