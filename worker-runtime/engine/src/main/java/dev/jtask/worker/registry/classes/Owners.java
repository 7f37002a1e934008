package dev.jtask.worker.registry.classes;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Which class of the jars runs which task, where nobody gives an object: the class that declares the method, or, when
/// of that there can be no instance, the one class that extends or implements it. A static method is its class's own.
final class Owners {

    private final Map<Class<?>, List<TaskMethod>> readings = new LinkedHashMap<>();

    private Owners(Collection<Class<?>> declaring, Function<Class<?>, List<Class<?>>> heirs) {
        for (var type : declaring) {
            read(type);
            boolean wanted = readings.getOrDefault(type, List.of()).stream().anyMatch(each -> !each.isStatic());
            if (wanted && !Instances.canMake(type)) {
                heirs.apply(type).forEach(this::read);
            }
        }
    }

    /// @param declaring the classes that have annotated methods
    /// @param heirs what extends or implements such a class
    /// @throws IllegalArgumentException naming a task that no class, or more than one, could run
    static List<TaskMethod> of(Collection<Class<?>> declaring, Function<Class<?>, List<Class<?>>> heirs) {
        return new Owners(declaring, heirs).tasks();
    }

    private void read(Class<?> type) {
        if (!Generated.is(type)) {
            readings.computeIfAbsent(type, TaskMethods::of);
        }
    }

    private List<TaskMethod> tasks() {
        var all = readings.values().stream().flatMap(List::stream).toList();
        var statics = new LinkedHashMap<Method, TaskMethod>();
        all.stream().filter(TaskMethod::isStatic).forEach(each -> statics.putIfAbsent(each.method(), each));
        var tasks = new ArrayList<>(statics.values());
        var methods = new LinkedHashSet<Method>();
        for (var each : all) {
            if (!each.isStatic() && methods.add(each.method()) && !hasStaticTwin(each, statics.values())) {
                tasks.addAll(owned(each));
            }
        }
        return tasks;
    }

    /// None where each subclass gives the method a name of its own.
    private List<TaskMethod> owned(TaskMethod task) {
        var declaring = task.method().getDeclaringClass();
        var concrete = readings.keySet().stream()
                .filter(type -> declaring.isAssignableFrom(type) && !isAbstract(type))
                .toList();
        if (concrete.isEmpty()) {
            throw task.refused("%s is abstract, and no class in the jars %s it; add one, or remove @Task"
                    .formatted(declaring.getName(), declaring.isInterface() ? "implements" : "extends"));
        }
        var having = concrete.stream()
                .flatMap(type -> readings.getOrDefault(type, List.of()).stream())
                .filter(each -> each.method().equals(task.method()))
                .toList();
        var able =
                having.stream().filter(each -> Instances.canMake(each.type())).toList();
        if (able.isEmpty() && !having.isEmpty()) {
            throw Instances.refused(having.getFirst().type());
        }
        var topmost = able.stream().filter(each -> isTopmost(each, able)).toList();
        if (topmost.size() > 1) {
            throw task.refused(
                    "%s and %s could both run it; put @Task with a name of its own on the method of each that shall"
                            .formatted(
                                    topmost.get(0).type().getName(),
                                    topmost.get(1).type().getName()));
        }
        return topmost;
    }

    private static boolean isTopmost(TaskMethod task, List<TaskMethod> among) {
        return among.stream()
                .noneMatch(other -> other.type() != task.type() && other.type().isAssignableFrom(task.type()));
    }

    /// What Kotlin's `@JvmStatic` and Scala's objects compile to: one method twice, once static in the class around.
    private static boolean hasStaticTwin(TaskMethod task, Collection<TaskMethod> statics) {
        return statics.stream()
                .anyMatch(other -> isAround(other.type(), task.type())
                        && other.task().equals(task.task())
                        && other.method().getName().equals(task.method().getName())
                        && Arrays.equals(
                                other.method().getParameterTypes(),
                                task.method().getParameterTypes()));
    }

    private static boolean isAround(Class<?> outer, Class<?> type) {
        return outer == type.getDeclaringClass() || (outer.getName() + "$").equals(type.getName());
    }

    /// Of an enum whose constants have bodies there are instances all the same.
    private static boolean isAbstract(Class<?> type) {
        return Modifier.isAbstract(type.getModifiers()) && !type.isEnum();
    }
}
