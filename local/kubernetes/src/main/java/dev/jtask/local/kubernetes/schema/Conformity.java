package dev.jtask.local.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// An object beside its schema.
///
/// @param declared the object without the fields that the schema does not have, and without those that are null
/// @param unknown what the schema does not have
/// @param mistyped what is of another type than the schema says
public record Conformity(ObjectNode declared, List<Departure.Unknown> unknown, List<Departure.Mistyped> mistyped) {

    public static Conformity of(FieldType type, ObjectNode object) {
        var walk = new Walk(new ArrayList<>(), new ArrayList<>());
        var declared = walk.value(type, object, FieldPath.ROOT, "");
        return new Conformity((ObjectNode) declared, List.copyOf(walk.unknown()), List.copyOf(walk.mistyped()));
    }

    private record Walk(List<Departure.Unknown> unknown, List<Departure.Mistyped> mistyped) {

        JsonNode value(FieldType declared, JsonNode value, FieldPath path, String owner) {
            return switch (declared) {
                case FieldType.Anything _ -> value;
                case FieldType.Struct struct when value instanceof ObjectNode object -> fields(struct, object, path);
                case FieldType.Sequence list when value.isArray() -> items(list, value, path, owner);
                case FieldType.Leaf(var primitive) when primitive.accepts(value) -> value;
                case FieldType other -> {
                    mistyped.add(new Departure.Mistyped(path, owner, other, value));
                    yield value;
                }
            };
        }

        private JsonNode fields(FieldType.Struct struct, ObjectNode object, FieldPath path) {
            var declared = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> {
                var name = field.getKey();
                var type = struct.field(name);
                if (field.getValue().isNull() && !(type instanceof FieldType.Undeclared)) {
                    return;
                }
                if (type instanceof FieldType.Undeclared) {
                    unknown.add(new Departure.Unknown(path.field(name)));
                } else {
                    declared.set(name, value(type, field.getValue(), path.field(name), struct.name()));
                }
            });
            return declared;
        }

        private JsonNode items(FieldType.Sequence list, JsonNode array, FieldPath path, String owner) {
            var declared = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                var item = array.get(i);
                declared.add(value(list.items(), item, path.item(i, Element.item(list.identity(), item, i)), owner));
            }
            return declared;
        }
    }
}
