package dev.jtask.worker.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.task.Default;
import dev.jtask.task.TaskContext;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One parameter of a task method.
///
/// @param fallback the value of an absent argument; null when the argument is required
record TaskParameter(
        String name,
        boolean named,
        Kind kind,
        JavaType type,
        @Nullable JsonNode fallback,
        boolean nullable) {

    enum Kind {
        CONTEXT,
        VALUE,
        OPTIONAL
    }

    static TaskParameter of(Parameter parameter) {
        var types = TypedJson.mapper().getTypeFactory();
        Type declared = parameter.getParameterizedType();
        if (parameter.getType() == TaskContext.class) {
            return new TaskParameter(
                    parameter.getName(), false, Kind.CONTEXT, types.constructType(declared), null, true);
        }
        boolean named = parameter.isNamePresent();
        boolean nullable = parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (parameter.getType() == Optional.class && declared instanceof ParameterizedType optional) {
            var content = types.constructType(optional.getActualTypeArguments()[0]);
            return new TaskParameter(parameter.getName(), named, Kind.OPTIONAL, content, null, true);
        }
        return new TaskParameter(
                parameter.getName(), named, Kind.VALUE, types.constructType(declared), fallback(parameter), nullable);
    }

    boolean isArgument() {
        return kind != Kind.CONTEXT;
    }

    private static @Nullable JsonNode fallback(Parameter parameter) {
        var annotation = parameter.getAnnotation(Default.class);
        if (annotation == null) {
            return null;
        }
        try {
            return TypedJson.mapper().readTree(annotation.value());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "@Default(\"%s\") of parameter %s is no JSON; quote texts as \"\\\"x\\\"\""
                            .formatted(annotation.value(), parameter.getName()),
                    e);
        }
    }
}
