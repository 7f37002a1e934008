package dev.jtask.worker.registry.classes;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Whether a worker may call a task's method, and with what it says.
final class Reachable {

    private static final String CONTINUATION = "kotlin.coroutines.Continuation";

    private Reachable() {}

    /// @param given the class of the object, which may be a container's
    /// @throws IllegalArgumentException naming the method and the fix
    static void check(TaskMethod task, Class<?> given, List<Class<?>> lineage) {
        var method = task.method();
        if (Arrays.stream(method.getParameterTypes())
                .anyMatch(each -> each.getName().equals(CONTINUATION))) {
            throw task.refused("a suspend function cannot be a task; make it a plain one that calls runBlocking { … }");
        }
        if (!isPublic(method) && !isOpened(given, method, lineage)) {
            throw task.refused("make the method public");
        }
        if (!task.isStatic() && Generated.standsBefore(given) && cannotBePassedOn(given, method, lineage)) {
            throw task.refused(
                    "%s cannot pass a call of a final method on to its bean; remove final (in Kotlin, add open)"
                            .formatted(given.getName()));
        }
    }

    /// Of an abstract class the subclasses are asked, each for itself.
    private static boolean isOpened(Class<?> given, Method method, List<Class<?>> lineage) {
        boolean later = Modifier.isAbstract(given.getModifiers()) && Modifier.isProtected(method.getModifiers());
        return later || overriding(given, method, lineage).anyMatch(Reachable::isPublic);
    }

    private static boolean cannotBePassedOn(Class<?> given, Method method, List<Class<?>> lineage) {
        return Stream.concat(overriding(given, method, lineage), Stream.of(method))
                .filter(each -> !Generated.is(each.getDeclaringClass()))
                .anyMatch(each -> Modifier.isFinal(each.getModifiers()));
    }

    private static Stream<Method> overriding(Class<?> given, Method method, List<Class<?>> lineage) {
        var signature = Signature.of(given, method);
        return lineage.stream()
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .filter(lower -> lower.getName().equals(method.getName()) && !lower.isBridge())
                .filter(lower -> Overriding.overrides(lower, method))
                .filter(lower -> Signature.of(given, lower).equals(signature));
    }

    private static boolean isPublic(Method method) {
        return Modifier.isPublic(method.getModifiers());
    }
}
