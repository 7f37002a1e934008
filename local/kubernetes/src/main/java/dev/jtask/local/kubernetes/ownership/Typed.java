package dev.jtask.local.kubernetes.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.jtask.local.kubernetes.schema.Element;
import dev.jtask.local.kubernetes.schema.FieldType;
import dev.jtask.local.kubernetes.schema.Identity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A value and what its schema says of it: the one place that knows which parts of a value have owners of their own.
record Typed(FieldType type, JsonNode value) {

    private static final Set<String> ALWAYS_THERE = Set.of("metadata", "spec", "status", "strategy", "template");

    static final Typed NOTHING = of(new FieldType.Anything(), MissingNode.getInstance());

    static Typed of(FieldType type, JsonNode value) {
        return new Typed(type.of(value), value);
    }

    /// Whether it is owned and replaced as a whole.
    boolean isWhole() {
        return switch (type) {
            case FieldType.Struct struct -> !value.isObject() || struct.wholeness() == FieldType.Wholeness.ATOMIC;
            case FieldType.Sequence list -> !value.isArray() || list.identity() instanceof Identity.Atomic;
            case FieldType.Leaf _, FieldType.Anything _, FieldType.Undeclared _ -> true;
        };
    }

    /// Its fields or items in order; none if it is whole.
    Map<Element, Typed> parts() {
        var parts = new LinkedHashMap<Element, Typed>();
        if (isWhole()) {
            return parts;
        }
        switch (type) {
            case FieldType.Struct struct ->
                value.properties()
                        .forEach(field -> parts.put(
                                Element.field(field.getKey()), of(struct.field(field.getKey()), field.getValue())));
            case FieldType.Sequence list -> {
                for (int i = 0; i < value.size(); i++) {
                    parts.putIfAbsent(Element.item(list.identity(), value.get(i), i), of(list.items(), value.get(i)));
                }
            }
            case FieldType.Leaf _, FieldType.Anything _, FieldType.Undeclared _ -> {}
        }
        return parts;
    }

    /// Whether a part is a field that the schema names, unlike an item of a list and an entry of a map.
    boolean names(Element element) {
        return type instanceof FieldType.Struct struct && element.isField() && struct.names(element.content());
    }

    /// Whether a part is an object that Kubernetes' own types have even when nobody wrote it, so that nobody owns it.
    boolean alwaysHas(Element element) {
        return type instanceof FieldType.Struct struct
                && !struct.name().isEmpty()
                && ALWAYS_THERE.contains(element.content())
                && struct.field(element.content()) instanceof FieldType.Struct;
    }

    /// A value of the same form with other parts.
    JsonNode with(Map<Element, JsonNode> parts) {
        if (value.isArray()) {
            return JsonNodeFactory.instance.arrayNode().addAll(parts.values());
        }
        var object = JsonNodeFactory.instance.objectNode();
        parts.forEach((element, part) -> object.set(element.content(), part));
        return object;
    }
}
