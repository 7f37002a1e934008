package dev.jtask.worker.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.task.TaskContext;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Matches the arguments of one message to parameters, as a Python call does, with Python's words for what is wrong.
final class ArgumentBinder {

    private final List<TaskParameter> parameters;
    private final ArrayNode args;
    private final ObjectNode kwargs;

    ArgumentBinder(List<TaskParameter> parameters, ArrayNode args, ObjectNode kwargs) {
        this.parameters = parameters;
        this.args = args;
        this.kwargs = kwargs;
    }

    @Nullable
    Object[] bind(TaskContext context) throws BadArgumentsException {
        var values = new @Nullable Object[parameters.size()];
        var unused = new HashSet<String>();
        kwargs.fieldNames().forEachRemaining(unused::add);
        int position = 0;
        for (int i = 0; i < values.length; i++) {
            var parameter = parameters.get(i);
            values[i] = parameter.isArgument() ? value(parameter, position++, unused) : context;
        }
        if (args.size() > position) {
            throw new BadArgumentsException(
                    "takes %d positional arguments, %d were given".formatted(position, args.size()));
        }
        if (!unused.isEmpty()) {
            throw new BadArgumentsException(unknown(unused));
        }
        return values;
    }

    private @Nullable Object value(TaskParameter parameter, int position, Set<String> unused)
            throws BadArgumentsException {
        boolean byName = parameter.named() && unused.remove(parameter.name());
        if (position < args.size()) {
            if (byName) {
                throw new BadArgumentsException("got multiple values for argument '%s'".formatted(parameter.name()));
            }
            return convert(parameter, args.get(position));
        }
        if (byName) {
            return convert(parameter, kwargs.get(parameter.name()));
        }
        if (parameter.kind() == TaskParameter.Kind.OPTIONAL) {
            return Optional.empty();
        }
        var fallback = parameter.fallback();
        if (fallback != null) {
            return convert(parameter, fallback);
        }
        if (parameter.nullable()) {
            return null;
        }
        throw new BadArgumentsException("missing argument '%s'".formatted(parameter.name()));
    }

    private static @Nullable Object convert(TaskParameter parameter, JsonNode json) throws BadArgumentsException {
        try {
            var mapper = TypedJson.mapper();
            Object value = mapper.readerFor(parameter.type())
                    .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .readValue(json);
            return parameter.kind() == TaskParameter.Kind.OPTIONAL ? Optional.ofNullable(value) : value;
        } catch (JsonProcessingException e) {
            throw new BadArgumentsException("argument '%s' is no %s: %s"
                    .formatted(
                            parameter.name(), parameter.type().getRawClass().getSimpleName(), e.getOriginalMessage()));
        } catch (IOException e) {
            throw new BadArgumentsException("argument '%s': %s".formatted(parameter.name(), e.getMessage()));
        }
    }

    private String unknown(Set<String> names) {
        return parameters.stream().filter(TaskParameter::isArgument).allMatch(TaskParameter::named)
                ? "got unexpected keyword arguments " + names
                : "got keyword arguments %s, but the task was compiled without parameter names; compile it with -parameters"
                        .formatted(names);
    }
}
