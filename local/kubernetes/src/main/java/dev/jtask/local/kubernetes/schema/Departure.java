package dev.jtask.local.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/// Where an object is not as its schema says, in the API server's words.
public sealed interface Departure {

    /// What the decoder of objects says.
    String decoding();

    /// What server-side apply says.
    String applying();

    /// A field that the schema does not have.
    record Unknown(FieldPath path) implements Departure {

        @Override
        public String decoding() {
            return "unknown field \"%s\"".formatted(path.indexed());
        }

        @Override
        public String applying() {
            return path.identified() + ": field not declared in schema";
        }
    }

    /// A value of the wrong type.
    ///
    /// @param owner the name of the object type that has the field
    record Mistyped(FieldPath path, String owner, FieldType expected, JsonNode value) implements Departure {

        @Override
        public String decoding() {
            return "json: cannot unmarshal %s into Go struct field %s.%s of type %s"
                    .formatted(jsonName(), owner, path.bare(), GoTypes.of(expected));
        }

        @Override
        public String applying() {
            return path.identified() + ": "
                    + switch (expected) {
                        case FieldType.Struct _ -> "expected map, got &{%s}".formatted(value.asText());
                        case FieldType.Sequence _ -> "expected list, got &{%s}".formatted(value.asText());
                        case FieldType.Leaf(var primitive) -> GoTypes.scalarExpected(primitive, value);
                        case FieldType.Anything _, FieldType.Undeclared _ -> "field not declared in schema";
                    };
        }

        /// What the validation of custom resources says.
        public String validating() {
            var found = value.isIntegralNumber()
                    ? "integer"
                    : value.getNodeType().name().toLowerCase(Locale.ROOT);
            return "%1$s: Invalid value: \"%2$s\": %1$s in body must be of type %3$s: \"%2$s\""
                    .formatted(path.indexed(), found, GoTypes.schemaName(expected));
        }

        private String jsonName() {
            return value.isBoolean() ? "bool" : value.getNodeType().name().toLowerCase(Locale.ROOT);
        }
    }
}
