package dev.jtask.local.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;

/// The types of values without parts, with the names that Kubernetes' messages have for them.
public enum Primitive {
    STRING("string", "string"),
    INTEGER("int32", "integer"),
    LONG("int64", "integer"),
    NUMBER("float64", "number"),
    BOOLEAN("bool", "boolean"),
    /// A quantity, a port, a percentage.
    NUMBER_OR_STRING("string", "integer,string"),
    ANY("string", "string");

    private final String goName;
    private final String schemaName;

    Primitive(String goName, String schemaName) {
        this.goName = goName;
        this.schemaName = schemaName;
    }

    boolean accepts(JsonNode value) {
        return switch (this) {
            case STRING -> value.isTextual();
            case INTEGER -> value.isIntegralNumber() && value.canConvertToInt();
            case LONG -> value.isIntegralNumber() && value.canConvertToLong();
            case NUMBER -> value.isNumber();
            case BOOLEAN -> value.isBoolean();
            case NUMBER_OR_STRING -> value.isNumber() || value.isTextual();
            case ANY -> value.isValueNode();
        };
    }

    String goName() {
        return goName;
    }

    String schemaName() {
        return schemaName;
    }
}
