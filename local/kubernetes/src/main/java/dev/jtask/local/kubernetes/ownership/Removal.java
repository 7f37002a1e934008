package dev.jtask.local.kubernetes.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.local.kubernetes.schema.Element;
import dev.jtask.local.kubernetes.schema.FieldType;
import java.util.LinkedHashMap;
import java.util.Optional;

/// An object without some of its fields.
final class Removal {

    private Removal() {}

    /// What is left of an object when the fields of a set go; what becomes empty by that goes with them.
    static JsonNode from(FieldType type, JsonNode object, FieldSet gone) {
        return left(Typed.of(type, object), gone).orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private static Optional<JsonNode> left(Typed value, FieldSet gone) {
        if (value.isWhole() || gone.parts().isEmpty()) {
            return Optional.of(value.value());
        }
        var kept = new LinkedHashMap<Element, JsonNode>();
        value.parts().forEach((element, part) -> {
            var lost = gone.part(element);
            if (!lost.member()) {
                left(part, lost).ifPresent(rest -> kept.put(element, rest));
            }
        });
        return kept.isEmpty() ? Optional.empty() : Optional.of(value.with(kept));
    }
}
