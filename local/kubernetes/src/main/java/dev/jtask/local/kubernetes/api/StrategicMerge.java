package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.local.kubernetes.schema.Element;
import dev.jtask.local.kubernetes.schema.FieldType;
import dev.jtask.local.kubernetes.schema.Identity;
import java.util.LinkedHashMap;

/// Strategic merge patch: null removes, lists of objects are merged by their keys. Of the directives it knows
/// `$patch: delete` and `$patch: replace`; those about the order of lists it leaves aside.
final class StrategicMerge {

    private static final String DIRECTIVE = "$patch";

    private StrategicMerge() {}

    static JsonNode of(FieldType type, JsonNode target, JsonNode patch) {
        return switch (type.of(patch)) {
            case FieldType.Struct struct when patch instanceof ObjectNode changes -> fields(struct, target, changes);
            case FieldType.Sequence list
            when patch.isArray() && list.identity() instanceof Identity.ByKeys -> items(list, target, patch);
            case FieldType _ -> patch;
        };
    }

    private static JsonNode fields(FieldType.Struct struct, JsonNode target, ObjectNode changes) {
        var replaces = changes.path(DIRECTIVE).asText().equals("replace");
        ObjectNode result = target instanceof ObjectNode object && !replaces
                ? object.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        changes.properties().forEach(change -> {
            var name = change.getKey();
            if (change.getValue().isNull()) {
                result.remove(name);
            } else if (!name.startsWith("$")) {
                result.set(name, of(struct.field(name), result.path(name), change.getValue()));
            }
        });
        return result;
    }

    private static JsonNode items(FieldType.Sequence list, JsonNode target, JsonNode patch) {
        var merged = new LinkedHashMap<Element, JsonNode>();
        target.forEach(item -> merged.put(Element.item(list.identity(), item, merged.size()), item));
        patch.forEach(item -> {
            var element = Element.item(list.identity(), item, merged.size());
            if (item.path(DIRECTIVE).asText().equals("delete")) {
                merged.remove(element);
            } else {
                var current = merged.getOrDefault(element, JsonNodeFactory.instance.objectNode());
                merged.put(element, of(list.items(), current, item));
            }
        });
        return JsonNodeFactory.instance.arrayNode().addAll(merged.values());
    }
}
