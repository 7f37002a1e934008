package dev.jtask.processor;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/// Parameters and results that JSON cannot carry, as far as a compiler can know. What it does not know, a worker says
/// when it starts.
final class TypeFaults {

    private static final String JACKSON = "com.fasterxml.jackson.";

    /// What has no values of its own, with the fix.
    private static final Map<String, String> LIVE = Map.ofEntries(
            Map.entry("java.util.stream.BaseStream", "a stream has no values of its own; use a List"),
            Map.entry("java.io.InputStream", "an open stream cannot be sent; use byte[]"),
            Map.entry("java.io.OutputStream", "an open stream cannot be sent; use byte[]"),
            Map.entry("java.io.Reader", "an open reader cannot be sent; use String"),
            Map.entry("java.io.Writer", "an open writer cannot be sent; use String"),
            Map.entry("java.lang.Thread", "a thread cannot be sent; send what it works on"),
            Map.entry("java.lang.Runnable", "code cannot be sent; make it a task, and send its name"),
            Map.entry("java.util.concurrent.Callable", "code cannot be sent; make it a task, and send its name"),
            Map.entry("java.util.concurrent.Executor", "an executor cannot be sent; leave it to the worker"),
            Map.entry("java.util.concurrent.Flow.Publisher", "nobody waits for a publisher; use the value, or a List"),
            Map.entry("org.reactivestreams.Publisher", "nobody waits for a publisher; use the value, or a List"),
            Map.entry("io.smallrye.mutiny.Uni", "nobody waits for a Uni; use the value, or a CompletionStage of it"),
            Map.entry("io.smallrye.mutiny.Multi", "nobody waits for a Multi; use the value, or a List"));

    private static final List<String> PROMISES =
            List.of("java.util.concurrent.CompletionStage", "java.util.concurrent.Future");

    private final Elements elements;
    private final Types types;

    TypeFaults(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /// Which way a value goes.
    private enum Way {
        READ,
        WRITTEN
    }

    Stream<Fault> of(TaskMethod method) {
        var parameters = method.arguments().stream()
                .flatMap(parameter -> fault(parameter.asType(), Way.READ, new HashSet<>())
                        .map(why -> Fault.at(
                                parameter,
                                "parameter '%s' of task '%s' cannot come from JSON: %s"
                                        .formatted(
                                                parameter.getSimpleName(),
                                                method.task().value(),
                                                why)))
                        .stream());
        var result = fault(promised(method.method().getReturnType()), Way.WRITTEN, new HashSet<>())
                .map(why -> Fault.at(
                        method.method(),
                        "the result of task '%s' cannot be written as JSON: %s"
                                .formatted(method.task().value(), why)));
        return Stream.concat(parameters, result.stream());
    }

    /// What a promise is of; any other type itself.
    TypeMirror promised(TypeMirror type) {
        for (var name : PROMISES) {
            var arguments = argumentsAs(type, name);
            if (arguments != null) {
                return arguments.isEmpty() ? type : promised(arguments.get(0));
            }
        }
        return type;
    }

    private Optional<String> fault(TypeMirror type, Way way, Set<String> seen) {
        if (type instanceof ArrayType array) {
            return fault(array.getComponentType(), way, seen);
        }
        if (!(type instanceof DeclaredType declared) || !(declared.asElement() instanceof TypeElement element)) {
            return Optional.empty();
        }
        if (!seen.add(type.toString())) {
            return Optional.empty();
        }
        return Stream.of(live(type), way == Way.READ ? made(element) : Optional.<String>empty())
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> declared.getTypeArguments().stream()
                        .flatMap(argument -> fault(argument, way, seen).stream())
                        .findFirst())
                .or(() -> component(element, way, seen));
    }

    private Optional<String> component(TypeElement element, Way way, Set<String> seen) {
        if (element.getKind() != ElementKind.RECORD || isJacksons(element)) {
            return Optional.empty();
        }
        return element.getRecordComponents().stream()
                .flatMap(component -> fault(component.asType(), way, seen)
                        .map(why -> "%s.%s: %s".formatted(element.getSimpleName(), component.getSimpleName(), why))
                        .stream())
                .findFirst();
    }

    private Optional<String> live(TypeMirror type) {
        return LIVE.entrySet().stream()
                .filter(entry -> argumentsAs(type, entry.getKey()) != null)
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// How an object of the class comes to be.
    private Optional<String> made(TypeElement element) {
        var name = element.getQualifiedName().toString();
        if (isJdks(name) || isJacksons(element)) {
            return name.startsWith("java.util.function.")
                    ? Optional.of("code cannot be sent; make it a task, and send its name")
                    : Optional.empty();
        }
        return switch (element.getKind()) {
            case INTERFACE, ANNOTATION_TYPE -> Optional.of(isAbstract(name));
            case CLASS -> constructed(element, name);
            default -> Optional.empty();
        };
    }

    private static Optional<String> constructed(TypeElement element, String name) {
        if (element.getModifiers().contains(Modifier.ABSTRACT)) {
            return Optional.of(isAbstract(name));
        }
        if (element.getEnclosingElement() instanceof TypeElement
                && !element.getModifiers().contains(Modifier.STATIC)) {
            return Optional.of("%s is an inner class; make it static".formatted(name));
        }
        var constructors = ElementFilter.constructorsIn(element.getEnclosedElements());
        // with one parameter Jackson may delegate to it
        return constructors.stream().allMatch(each -> each.getParameters().size() > 1)
                ? Optional.of(
                        "%s has no constructor for JSON; make it a record, give it one without parameters, or annotate one with @JsonCreator"
                                .formatted(name))
                : Optional.empty();
    }

    private static String isAbstract(String name) {
        return "%s is abstract; take a class or record, or name its subtypes with @JsonTypeInfo and @JsonSubTypes"
                .formatted(name);
    }

    private static boolean isJdks(String name) {
        return name.startsWith("java.") || name.startsWith("javax.") || name.startsWith(JACKSON);
    }

    /// Whether something about the class, or what it inherits, is left to Jackson's annotations.
    private boolean isJacksons(TypeElement element) {
        boolean own = Stream.concat(
                        Stream.of(element),
                        element.getEnclosedElements().stream().filter(each -> each instanceof ExecutableElement))
                .anyMatch(TypeFaults::hasJacksons);
        return own
                || types.directSupertypes(element.asType()).stream()
                        .map(types::asElement)
                        .anyMatch(above -> above instanceof TypeElement type
                                && !isJdks(type.getQualifiedName().toString())
                                && isJacksons(type));
    }

    private static boolean hasJacksons(Element element) {
        return element.getAnnotationMirrors().stream()
                .anyMatch(mirror -> mirror.getAnnotationType().toString().startsWith(JACKSON));
    }

    /// What a type says of this supertype's parameters; null when it is none of its.
    private @Nullable List<? extends TypeMirror> argumentsAs(TypeMirror type, String supertype) {
        var element = elements.getTypeElement(supertype);
        if (element == null || !types.isSubtype(types.erasure(type), types.erasure(element.asType()))) {
            return null;
        }
        if (type instanceof DeclaredType declared && declared.asElement().equals(element)) {
            return declared.getTypeArguments();
        }
        for (var above : types.directSupertypes(type)) {
            var arguments = argumentsAs(above, supertype);
            if (arguments != null) {
                return arguments;
            }
        }
        return List.of();
    }
}
