package dev.jtask.local.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The types of custom resources, read off the OpenAPI schemas of their definitions.
public final class CrdTypes {

    private static final Map<String, FieldType> EVERY_OBJECT = Map.of(
            "apiVersion",
            new FieldType.Leaf(Primitive.STRING),
            "kind",
            new FieldType.Leaf(Primitive.STRING),
            "metadata",
            ModelTypes.of(ObjectMeta.class));

    private static final Map<String, Primitive> PRIMITIVES = Map.of(
            "string", Primitive.STRING,
            "integer", Primitive.LONG,
            "number", Primitive.NUMBER,
            "boolean", Primitive.BOOLEAN);

    private CrdTypes() {}

    /// @param schema of one version: its `openAPIV3Schema`
    public static FieldType of(JsonNode schema) {
        var own = struct(schema);
        return new FieldType.Struct(
                "",
                name -> Optional.ofNullable(EVERY_OBJECT.get(name))
                        .or(() -> own.named().apply(name)),
                own.others(),
                own.wholeness());
    }

    private static FieldType type(JsonNode schema) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return new FieldType.Leaf(Primitive.NUMBER_OR_STRING);
        }
        var type = schema.path("type").asText();
        return switch (type) {
            case "object" -> struct(schema);
            case "array" -> new FieldType.Sequence(type(schema.path("items")), identity(schema));
            default ->
                Optional.ofNullable(PRIMITIVES.get(type))
                        .<FieldType>map(FieldType.Leaf::new)
                        .orElse(new FieldType.Anything());
        };
    }

    private static FieldType.Struct struct(JsonNode schema) {
        var properties = schema.path("properties");
        return new FieldType.Struct(
                "",
                name -> Optional.ofNullable(properties.get(name)).map(CrdTypes::type),
                others(schema),
                schema.path("x-kubernetes-map-type").asText().equals("atomic")
                        ? FieldType.Wholeness.ATOMIC
                        : FieldType.Wholeness.GRANULAR);
    }

    private static FieldType others(JsonNode schema) {
        if (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            return new FieldType.Anything();
        }
        var values = schema.path("additionalProperties");
        return values.isObject() ? type(values) : new FieldType.Undeclared();
    }

    private static Identity identity(JsonNode schema) {
        return switch (schema.path("x-kubernetes-list-type").asText()) {
            case "map" ->
                new Identity.ByKeys(StreamSupport.stream(
                                schema.path("x-kubernetes-list-map-keys").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.toMap(
                                key -> key,
                                key -> schema.at("/items/properties/" + key).path("default"))));
            case "set" -> new Identity.ByValue();
            default -> new Identity.Atomic();
        };
    }
}
