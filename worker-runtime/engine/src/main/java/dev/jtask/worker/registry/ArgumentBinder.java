package dev.jtask.worker.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.task.TaskContext;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Matches the arguments of one message to parameters, as a Python call does, with Python's words for what is wrong.
final class ArgumentBinder {

    static final String COMPILE = "compile with -parameters"
            + " (Maven: <maven.compiler.parameters>true</maven.compiler.parameters>;"
            + " Gradle: options.compilerArgs.add(\"-parameters\"), in Kotlin javaParameters = true;"
            + " IntelliJ: Settings, Java Compiler, Additional command line parameters)";

    private final Parameters parameters;
    private final ArrayNode args;
    private final ObjectNode kwargs;
    private final Set<String> unused = new HashSet<>();
    private int position;

    ArgumentBinder(Parameters parameters, ArrayNode args, ObjectNode kwargs) {
        this.parameters = parameters;
        this.args = args;
        this.kwargs = kwargs;
        kwargs.fieldNames().forEachRemaining(unused::add);
    }

    /// @param context null where nothing is called
    @Nullable
    Object[] bind(@Nullable TaskContext context) throws BadArgumentsException {
        var all = parameters.all();
        var values = new @Nullable Object[all.size()];
        checkNames();
        for (int i = 0; i < values.length; i++) {
            var parameter = all.get(i);
            values[i] = switch (parameter.kind()) {
                case CONTEXT -> context;
                case REST -> rest(parameter);
                case VALUE, OPTIONAL, OPTIONAL_INT, OPTIONAL_LONG, OPTIONAL_DOUBLE -> value(parameter);
            };
        }
        if (args.size() > position) {
            throw new BadArgumentsException("takes %d positional arguments, %d were given"
                    .formatted(all.stream().filter(TaskParameter::isArgument).count(), args.size()));
        }
        if (!unused.isEmpty()) {
            throw new BadArgumentsException("got unexpected keyword arguments " + unused);
        }
        return values;
    }

    private void checkNames() throws BadArgumentsException {
        if (unused.isEmpty() || parameters.names() == Parameters.Names.KNOWN) {
            return;
        }
        throw new BadArgumentsException("got keyword arguments %s, but %s"
                .formatted(
                        unused,
                        parameters.names() == Parameters.Names.LOST
                                ? "its class has no parameter names; send them by position, or " + COMPILE
                                : "is a lambda, which has no parameter names; send them by position"));
    }

    private @Nullable Object value(TaskParameter parameter) throws BadArgumentsException {
        int place = position++;
        boolean byName = unused.remove(parameter.name());
        if (place < args.size()) {
            if (byName) {
                throw twice(parameter);
            }
            return parameter.read(args.get(place));
        }
        return byName ? parameter.read(kwargs.get(parameter.name())) : absent(parameter);
    }

    /// Python's `*args`; also one list by name, and one in the last place, as Java passes an array.
    private @Nullable Object rest(TaskParameter parameter) throws BadArgumentsException {
        var left = IntStream.range(position, Math.max(position, args.size()))
                .mapToObj(args::get)
                .toList();
        position += left.size();
        boolean byName = unused.remove(parameter.name());
        if (byName && !left.isEmpty()) {
            throw twice(parameter);
        }
        if (byName) {
            return list(parameter, kwargs.get(parameter.name()));
        }
        if (left.isEmpty() && parameter.fallback() != null) {
            return list(parameter, parameter.fallback());
        }
        return left.size() == 1 && parameter.reader().isMeantBy(left.getFirst())
                ? list(parameter, left.getFirst())
                : parameter.reader().array(left, parameter);
    }

    private static @Nullable Object list(TaskParameter parameter, JsonNode json) throws BadArgumentsException {
        if (json.isArray()) {
            return parameter.reader().array(json.valueStream().toList(), parameter);
        }
        if (json.isNull() && !parameter.nullable()) {
            throw new BadArgumentsException("argument %s is no list: it is null".formatted(parameter.label()));
        }
        return parameter.read(json);
    }

    private @Nullable Object absent(TaskParameter parameter) throws BadArgumentsException {
        var fallback = parameter.fallback();
        if (fallback != null) {
            return parameter.read(fallback);
        }
        if (parameter.kind().isOptional() || parameter.nullable()) {
            return parameter.kind().given(null);
        }
        throw new BadArgumentsException("missing argument "
                + parameter.label()
                + (parameters.names() == Parameters.Names.LOST
                        ? ", whose name is not known; to know it, " + COMPILE
                        : ""));
    }

    private static BadArgumentsException twice(TaskParameter parameter) {
        return new BadArgumentsException("got multiple values for argument " + parameter.label());
    }
}
