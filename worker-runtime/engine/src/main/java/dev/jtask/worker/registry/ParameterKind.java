package dev.jtask.worker.registry;

import com.fasterxml.jackson.databind.JavaType;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.task.TaskContext;
import java.lang.reflect.Parameter;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a parameter of a task takes.
enum ParameterKind {
    /// The task's context, which is no argument.
    CONTEXT,
    /// One argument.
    VALUE,
    /// One argument or none.
    OPTIONAL,
    OPTIONAL_INT,
    OPTIONAL_LONG,
    OPTIONAL_DOUBLE,
    /// All positional arguments that are left, as Python's `*args`.
    REST;

    static ParameterKind of(Parameter parameter) {
        var type = parameter.getType();
        if (type == TaskContext.class) {
            return CONTEXT;
        }
        if (parameter.isVarArgs()) {
            return REST;
        }
        if (type == Optional.class) {
            return OPTIONAL;
        }
        if (type == OptionalInt.class) {
            return OPTIONAL_INT;
        }
        if (type == OptionalLong.class) {
            return OPTIONAL_LONG;
        }
        return type == OptionalDouble.class ? OPTIONAL_DOUBLE : VALUE;
    }

    boolean isOptional() {
        return switch (this) {
            case CONTEXT, VALUE, REST -> false;
            case OPTIONAL, OPTIONAL_INT, OPTIONAL_LONG, OPTIONAL_DOUBLE -> true;
        };
    }

    /// The type of the JSON, for a parameter that is declared so.
    JavaType content(JavaType declared) {
        return switch (this) {
            case CONTEXT, VALUE, REST -> declared;
            case OPTIONAL -> declared.containedTypeOrUnknown(0);
            case OPTIONAL_INT -> type(Integer.class);
            case OPTIONAL_LONG -> type(Long.class);
            case OPTIONAL_DOUBLE -> type(Double.class);
        };
    }

    /// What the method is given for a value of the content's type, which is null where nothing came.
    @Nullable
    Object given(@Nullable Object value) {
        return switch (this) {
            case CONTEXT, VALUE, REST -> value;
            case OPTIONAL -> Optional.ofNullable(value);
            case OPTIONAL_INT -> value == null ? OptionalInt.empty() : OptionalInt.of((Integer) value);
            case OPTIONAL_LONG -> value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
            case OPTIONAL_DOUBLE -> value == null ? OptionalDouble.empty() : OptionalDouble.of((Double) value);
        };
    }

    private static JavaType type(Class<?> type) {
        return TypedJson.mapper().getTypeFactory().constructType(type);
    }
}
