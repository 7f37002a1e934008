package dev.jtask.worker.registry;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// One parameter of a task.
///
/// @param position among the arguments, from 1
/// @param name null where none is known
/// @param reader of what comes for it
/// @param fallback the JSON that stands for an absent argument; null without
/// @param nullable whether an absent argument may be null
record TaskParameter(
        int position,
        @Nullable String name,
        ParameterKind kind,
        ArgumentReader reader,
        @Nullable JsonNode fallback,
        boolean nullable) {

    boolean isArgument() {
        return kind != ParameterKind.CONTEXT;
    }

    JavaType type() {
        return reader.type();
    }

    /// As messages call it: `'width'`, or `2 (int)` where no name is known.
    String label() {
        return name == null
                ? "%d (%s)".formatted(position, type().getRawClass().getSimpleName())
                : "'%s'".formatted(name);
    }

    /// What the method is given for this JSON.
    ///
    /// @throws BadArgumentsException naming the parameter when the JSON is not of its type
    @Nullable
    Object read(JsonNode json) throws BadArgumentsException {
        return kind.given(json.isNull() && kind.isOptional() ? null : reader.read(json, this));
    }
}
