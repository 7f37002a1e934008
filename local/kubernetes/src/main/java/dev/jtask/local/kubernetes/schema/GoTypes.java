package dev.jtask.local.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;

/// The names that types have in the API server's messages.
final class GoTypes {

    private GoTypes() {}

    static String of(FieldType type) {
        return switch (type) {
            case FieldType.Leaf(var primitive) -> primitive.goName();
            case FieldType.Sequence(var items, var _) -> "[]" + of(items);
            case FieldType.Struct struct ->
                struct.name().isEmpty() ? "map[string]" + of(struct.others()) : "v1." + struct.name();
            case FieldType.Anything _, FieldType.Undeclared _ -> "interface {}";
        };
    }

    static String schemaName(FieldType type) {
        return switch (type) {
            case FieldType.Leaf(var primitive) -> primitive.schemaName();
            case FieldType.Sequence _ -> "array";
            case FieldType.Struct _, FieldType.Anything _, FieldType.Undeclared _ -> "object";
        };
    }

    static String scalarExpected(Primitive primitive, JsonNode value) {
        return switch (primitive) {
            case INTEGER, LONG, NUMBER -> "expected numeric (int or float), got " + ofValue(value);
            case STRING -> "expected string, got &value.valueUnstructured{Value:%s}".formatted(value);
            case BOOLEAN -> "expected boolean, got &{%s}".formatted(value.asText());
            case NUMBER_OR_STRING, ANY -> "expected any scalar, got &{%s}".formatted(value.asText());
        };
    }

    private static String ofValue(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "map[string]interface {}";
            case ARRAY -> "[]interface {}";
            case BOOLEAN -> "bool";
            case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
            case STRING, BINARY, MISSING, NULL, POJO -> "string";
        };
    }
}
