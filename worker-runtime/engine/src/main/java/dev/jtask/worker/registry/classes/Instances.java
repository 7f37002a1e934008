package dev.jtask.worker.registry.classes;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the instance on which the tasks of a class run: by its constructor without parameters, or it is the one that
/// the class has of itself (an enum's, an object of Kotlin or Scala, a companion).
final class Instances {

    private static final List<String> SINGLETONS = List.of("INSTANCE", "MODULE$");
    private static final String OTHERWISE =
            "make its tasks static, or start a worker in your own program with Worker.builder().tasks(object)";

    private Instances() {}

    /// @throws IllegalArgumentException when a class is missing that this one names
    static boolean canMake(Class<?> type) {
        try {
            return constructor(type).isPresent() || field(type).isPresent();
        } catch (LinkageError e) {
            throw Loading.failed(type.getName(), e);
        }
    }

    /// @throws IllegalArgumentException naming the class, the reason and the fix
    static Object make(Class<?> type) {
        Loading.initialize(type);
        try {
            var constructor = constructor(type);
            if (constructor.isPresent()) {
                return open(constructor.get()).newInstance();
            }
            return open(field(type).orElseThrow(() -> refused(type))).get(null);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof LinkageError missing) {
                throw Loading.failed(type.getName(), missing);
            }
            throw failed(type, "its constructor threw " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw failed(type, e.toString(), e);
        }
    }

    /// The sentence for a class of which there can be no instance.
    static IllegalArgumentException refused(Class<?> type) {
        return failed(type, "%s, or %s".formatted(fix(type), OTHERWISE), null);
    }

    private static String fix(Class<?> type) {
        if (type.isAnonymousClass() || type.isLocalClass()) {
            return "it is a class inside a method; make it a class of its own";
        }
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            return "it is an inner class; make it static";
        }
        if (type.isEnum()) {
            return "it is an enum of several constants; leave one";
        }
        if (type.isRecord()) {
            return "it is a record with components; leave them out";
        }
        return "give it a public constructor without parameters";
    }

    private static Optional<Constructor<?>> constructor(Class<?> type) {
        boolean none = Modifier.isAbstract(type.getModifiers()) || type.isAnonymousClass() || type.isLocalClass();
        return none
                ? Optional.empty()
                : Arrays.stream(type.getDeclaredConstructors())
                        .filter(each -> each.getParameterCount() == 0 && !Modifier.isPrivate(each.getModifiers()))
                        .findFirst();
    }

    private static Optional<Field> field(Class<?> type) {
        var constants = Arrays.stream(type.getDeclaredFields())
                .filter(Field::isEnumConstant)
                .toList();
        if (type.isEnum()) {
            return constants.size() == 1 ? Optional.of(constants.getFirst()) : Optional.empty();
        }
        var own = Arrays.stream(type.getDeclaredFields()).filter(each -> SINGLETONS.contains(each.getName()));
        var outer = type.getDeclaringClass();
        var companions = outer == null
                ? Stream.<Field>of()
                : Arrays.stream(outer.getDeclaredFields())
                        .filter(each -> each.getName().equals(type.getSimpleName()));
        return Stream.concat(own, companions)
                .filter(each -> each.getType() == type && Modifier.isStatic(each.getModifiers()))
                .findFirst();
    }

    private static <T extends AccessibleObject> T open(T member) {
        // where a module does not open its package the call itself says so
        var _ = member.trySetAccessible();
        return member;
    }

    private static IllegalArgumentException failed(Class<?> type, String reason, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "cannot create %s for its tasks: %s".formatted(type.getName(), reason), cause);
    }
}
