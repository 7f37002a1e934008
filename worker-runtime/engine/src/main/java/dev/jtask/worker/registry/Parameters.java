package dev.jtask.worker.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.task.Default;
import dev.jtask.worker.registry.classes.TaskMethod;
import dev.jtask.worker.registry.types.ReadableTypes;
import dev.jtask.worker.registry.types.TypeNames;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The parameters of a task, all that can be wrong with them said here.
///
/// @param names where a parameter without a name comes from
record Parameters(List<TaskParameter> all, Names names) {

    /// Whether arguments can be given by name.
    enum Names {
        KNOWN,
        /// The class was compiled without `-parameters`.
        LOST,
        /// A lambda's parameters have none.
        NONE
    }

    Parameters {
        all = List.copyOf(all);
    }

    /// @throws IllegalArgumentException naming the parameter and what is wrong with it
    static Parameters of(TaskMethod method) {
        var parameters = new ArrayList<TaskParameter>();
        int position = 1;
        for (var each : method.method().getParameters()) {
            var kind = ParameterKind.of(each);
            var name = each.isNamePresent() ? each.getName() : null;
            var parameter = parameter(position, name, kind, method.resolve(each.getParameterizedType()), each);
            parameters.add(parameter);
            position += parameter.isArgument() ? 1 : 0;
        }
        boolean known = parameters.stream().allMatch(each -> each.name() != null || !each.isArgument());
        return new Parameters(parameters, known ? Names.KNOWN : Names.LOST);
    }

    /// Of a lambda.
    ///
    /// @throws IllegalArgumentException naming the type that cannot be read
    static Parameters of(Class<?>... types) {
        var parameters = new ArrayList<TaskParameter>();
        for (var type : types) {
            var java = TypedJson.mapper().getTypeFactory().constructType(type);
            parameters.add(checked(new TaskParameter(
                    parameters.size() + 1, null, ParameterKind.VALUE, ArgumentReader.of(java), null, false)));
        }
        return new Parameters(parameters, Names.NONE);
    }

    /// Where a limit finds the values by which it counts.
    ///
    /// @throws IllegalArgumentException when no argument is called so
    LimitKey key(String argument) {
        var arguments = all.stream().filter(TaskParameter::isArgument).toList();
        for (var each : arguments) {
            if (argument.equals(each.name()) && each.kind() != ParameterKind.REST) {
                var fallback = each.fallback();
                return new LimitKey(argument, each.position() - 1, fallback == null ? NullNode.instance : fallback);
            }
        }
        throw new IllegalArgumentException("limitKey = \"%s\": %s"
                .formatted(
                        argument,
                        switch (names) {
                            case KNOWN ->
                                "no parameter for one argument is called so; write one of %s"
                                        .formatted(arguments.stream()
                                                .filter(each -> each.kind() != ParameterKind.REST)
                                                .map(TaskParameter::name)
                                                .toList());
                            case LOST -> "its class has no parameter names; " + ArgumentBinder.COMPILE;
                            case NONE -> "a lambda's parameters have no names; make it a method with @Task";
                        }));
    }

    private static TaskParameter parameter(
            int position, @Nullable String name, ParameterKind kind, JavaType declared, Parameter parameter) {
        var reader = kind == ParameterKind.REST
                ? ArgumentReader.ofRest(declared)
                : ArgumentReader.of(kind.content(declared));
        if (kind == ParameterKind.CONTEXT) {
            return new TaskParameter(position, name, kind, reader, null, true);
        }
        var bare = checked(new TaskParameter(position, name, kind, reader, null, isNullable(parameter)));
        var fallback = parameter.getAnnotation(Default.class);
        return fallback == null
                ? bare
                : new TaskParameter(position, name, kind, reader, json(fallback.value(), bare), bare.nullable());
    }

    private static TaskParameter checked(TaskParameter parameter) {
        var fault = ReadableTypes.fault(parameter.type());
        if (fault.isPresent()) {
            throw new IllegalArgumentException("parameter %s of type %s cannot be read from JSON: %s"
                    .formatted(parameter.label(), TypeNames.of(parameter.type()), fault.get()));
        }
        return parameter;
    }

    private static JsonNode json(String text, TaskParameter parameter) {
        try {
            var json = TypedJson.mapper().readTree(text);
            var _ = parameter.read(json);
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "@Default(\"%s\") of parameter %s is no JSON; quote texts as \"\\\"x\\\"\""
                            .formatted(text, parameter.label()),
                    e);
        } catch (BadArgumentsException e) {
            throw new IllegalArgumentException(
                    "@Default(\"%s\") of parameter %s: %s".formatted(text, parameter.label(), e.getMessage()), e);
        }
    }

    /// Anybody's `@Nullable` that is there at run time: JSpecify's is on the type, Jakarta's and Spring's on the
    /// parameter.
    private static boolean isNullable(Parameter parameter) {
        return Stream.of(parameter, parameter.getAnnotatedType())
                .map(AnnotatedElement::getAnnotations)
                .flatMap(Arrays::stream)
                .anyMatch(each -> each.annotationType().getSimpleName().equals("Nullable"));
    }
}
