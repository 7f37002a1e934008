package dev.jtask.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/// One method of a class of requests, as source. Positional arguments, so that no task needs `-parameters` for it.
record RequestMethod(String signature, String source) {

    private static final String REQUEST = "dev.jtask.task.request.TaskRequest";
    private static final String REFERENCE = "com.fasterxml.jackson.core.type.TypeReference";
    private static final Set<String> PACKAGES = Set.of("dev", "java", "com");
    private static final String ANY = "com.fasterxml.jackson.databind.JsonNode";

    /// One parameter.
    ///
    /// @param declared with its name, as in a list of parameters
    /// @param adds the statement that adds it to the arguments
    private record Argument(String type, String declared, String adds) {}

    /// Empty where a type cannot be named outside of its class.
    ///
    /// @param result what the task's promise is of
    static Optional<RequestMethod> of(TaskMethod task, TypeMirror result, Types types) {
        var arguments = new ArrayList<Argument>();
        var parameters = task.arguments();
        for (int i = 0; i < parameters.size(); i++) {
            boolean rest = task.method().isVarArgs() && i == parameters.size() - 1;
            var argument = argument(parameters.get(i), rest);
            if (argument.isEmpty()) {
                return Optional.empty();
            }
            arguments.add(argument.get());
        }
        return returned(result, types).map(returned -> write(task, arguments, returned));
    }

    private static Optional<Argument> argument(VariableElement parameter, boolean rest) {
        var name = name(parameter);
        var type = parameter.asType();
        if (rest && type instanceof ArrayType array) {
            return Spelling.of(array.getComponentType())
                    .map(each -> new Argument(
                            each + "[]",
                            each + "... " + name,
                            "for (%s each$ : %s) { arguments$.add(each$); }".formatted(each, name)));
        }
        return Spelling.of(type)
                .map(spelled -> new Argument(
                        spelled, spelled + " " + name, "arguments$.add(%s);".formatted(value(name, type))));
    }

    /// One that is called as the first word of our packages would stand before them.
    private static String name(VariableElement parameter) {
        var name = parameter.getSimpleName().toString();
        return PACKAGES.contains(name) ? name + "$" : name;
    }

    /// An absent value is null on the wire.
    private static String value(String name, TypeMirror type) {
        if (!(type instanceof DeclaredType declared) || !(declared.asElement() instanceof TypeElement element)) {
            return name;
        }
        return switch (element.getQualifiedName().toString()) {
            case "java.util.Optional" -> name + ".orElse(null)";
            case "java.util.OptionalInt" -> "%1$s.isPresent() ? (Object) %1$s.getAsInt() : null".formatted(name);
            case "java.util.OptionalLong" -> "%1$s.isPresent() ? (Object) %1$s.getAsLong() : null".formatted(name);
            case "java.util.OptionalDouble" -> "%1$s.isPresent() ? (Object) %1$s.getAsDouble() : null".formatted(name);
            default -> name;
        };
    }

    /// @param type of the result
    /// @param token that says it
    private record Returned(String type, String token) {}

    private static Optional<Returned> returned(TypeMirror type, Types types) {
        if (type.getKind() == TypeKind.VOID) {
            return Optional.of(new Returned("java.lang.Void", "java.lang.Void.class"));
        }
        if (type instanceof PrimitiveType primitive) {
            var boxed = types.boxedClass(primitive).getQualifiedName().toString();
            return Optional.of(new Returned(boxed, boxed + ".class"));
        }
        return Spelling.of(type).map(spelled -> switch (spelled) {
            case "java.lang.Object" -> new Returned(ANY, ANY + ".class");
            default ->
                spelled.contains("<")
                        ? new Returned(spelled, "new %s<%s>() {}".formatted(REFERENCE, spelled))
                        : new Returned(spelled, spelled + ".class");
        });
    }

    private static RequestMethod write(TaskMethod task, List<Argument> arguments, Returned returned) {
        var method = task.method().getSimpleName();
        var name = literal(task.task().value());
        var lines = new ArrayList<String>();
        // without the task's name, which may end a comment
        lines.add("    /** A request of a task that {@link %s} has. */"
                .formatted(task.owner().getQualifiedName()));
        lines.add("    public static %s<%s> %s(%s) {"
                .formatted(
                        REQUEST,
                        returned.type(),
                        method,
                        arguments.stream().map(Argument::declared).collect(Collectors.joining(", "))));
        lines.add("        java.util.List<java.lang.Object> arguments$ = new java.util.ArrayList<>();");
        arguments.forEach(argument -> lines.add("        " + argument.adds()));
        lines.add("        return %s.of(%s, arguments$.toArray()).returning(%s);"
                .formatted(REQUEST, name, returned.token()));
        lines.add("    }");
        var signature = "%s(%s)"
                .formatted(method, arguments.stream().map(Argument::type).collect(Collectors.joining(",")));
        return new RequestMethod(signature, String.join("\n", lines));
    }

    private static String literal(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
