package dev.jtask.local.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Function;

/// What a schema says of a value, as far as merging and validation need it.
public sealed interface FieldType {

    /// A value without parts.
    record Leaf(Primitive primitive) implements FieldType {}

    /// An object.
    ///
    /// @param name as the API server's messages call it; empty for maps and custom resources
    /// @param named the fields it has by name, looked up only when asked for, since types contain themselves
    /// @param others what every other field is
    record Struct(String name, Function<String, Optional<FieldType>> named, FieldType others, Wholeness wholeness)
            implements FieldType {

        public boolean names(String field) {
            return named.apply(field).isPresent();
        }

        public FieldType field(String field) {
            return named.apply(field).orElse(others);
        }
    }

    /// A list.
    record Sequence(FieldType items, Identity identity) implements FieldType {}

    /// Whatever the value is.
    record Anything() implements FieldType {}

    /// Nothing may be here.
    record Undeclared() implements FieldType {}

    /// Whether an object's fields have owners of their own.
    enum Wholeness {
        GRANULAR,
        ATOMIC
    }

    /// An object with any keys and values of one type.
    static Struct mapOf(FieldType values, Wholeness wholeness) {
        return new Struct("", any -> Optional.empty(), values, wholeness);
    }

    /// The type that a value has: an unknown one is deduced from it.
    default FieldType of(JsonNode value) {
        if (!(this instanceof Anything)) {
            return this;
        }
        if (value.isObject()) {
            return mapOf(new Anything(), Wholeness.GRANULAR);
        }
        return value.isArray() ? new Sequence(new Anything(), new Identity.Atomic()) : new Leaf(Primitive.ANY);
    }
}
