package dev.jtask.worker.registry.classes;

import dev.jtask.task.Task;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Finds the tasks of a class where Java would find the methods: in the class, in what it extends, in what it
/// implements. The nearest annotation counts; a method that overrides an annotated one is that task.
public final class TaskMethods {

    private final Class<?> type;
    private final List<Class<?>> lineage;

    private TaskMethods(Class<?> type) {
        this.type = type;
        this.lineage = lineage(type);
    }

    /// In the order of their names.
    ///
    /// @throws IllegalArgumentException naming the method that cannot be a task, and the fix
    public static List<TaskMethod> of(Class<?> type) {
        try {
            return new TaskMethods(type).find();
        } catch (LinkageError | TypeNotPresentException e) {
            throw Loading.failed(type.getName(), e);
        }
    }

    /// Whether the class itself declares or inherits an annotated method.
    static boolean any(Class<?> type) {
        return lineage(type).stream().flatMap(TaskMethods::declared).findAny().isPresent();
    }

    private List<TaskMethod> find() {
        var annotated = lineage.stream().flatMap(TaskMethods::declared).toList();
        var found = new LinkedHashMap<List<Object>, TaskMethod>();
        for (var method : annotated) {
            boolean covered = annotated.stream().anyMatch(other -> covers(other, method));
            if (covered || (isStatic(method) && !seesStatic(method))) {
                continue;
            }
            var task = new TaskMethod(Generated.origin(type), method, method.getAnnotation(Task.class));
            Reachable.check(task, type, lineage);
            // two interfaces that name one method alike mean one task
            found.putIfAbsent(List.of(task.task().value(), Signature.of(type, method)), task);
        }
        return found.values().stream()
                .sorted(Comparator.comparing((TaskMethod task) -> task.task().value()))
                .toList();
    }

    /// Whether the annotation of `method` does not count since there is a better one for the same method.
    private boolean covers(Method better, Method method) {
        if (better.equals(method) || isStatic(better) || isStatic(method) || !sameSignature(better, method)) {
            return false;
        }
        var above = method.getDeclaringClass();
        var below = better.getDeclaringClass();
        if (Generated.is(above) != Generated.is(below)) {
            return Generated.is(above);
        }
        return Overriding.overrides(better, method) || (above.isInterface() && !below.isInterface());
    }

    /// Static methods are inherited from classes, not from interfaces, until a subclass hides them.
    private boolean seesStatic(Method method) {
        var declaring = method.getDeclaringClass();
        if (declaring.isInterface()) {
            return declaring == type;
        }
        return lineage.stream()
                .takeWhile(each -> each != declaring)
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .noneMatch(lower -> isStatic(lower) && sameSignature(lower, method));
    }

    private boolean sameSignature(Method one, Method other) {
        return one.getName().equals(other.getName())
                && one.getParameterCount() == other.getParameterCount()
                && Signature.of(type, one).equals(Signature.of(type, other));
    }

    private static Stream<Method> declared(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !method.isBridge() && !method.isSynthetic())
                .filter(method -> method.isAnnotationPresent(Task.class));
    }

    /// The class and its superclasses, nearest first, then all interfaces.
    private static List<Class<?>> lineage(Class<?> type) {
        var classes = new ArrayList<Class<?>>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            classes.add(each);
        }
        var all = new LinkedHashSet<>(classes);
        classes.forEach(each -> addInterfaces(each, all));
        return List.copyOf(all);
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> all) {
        for (var each : type.getInterfaces()) {
            all.add(each);
            addInterfaces(each, all);
        }
    }

    private static boolean isStatic(Method method) {
        return Modifier.isStatic(method.getModifiers());
    }
}
