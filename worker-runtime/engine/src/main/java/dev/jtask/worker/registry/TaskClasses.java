package dev.jtask.worker.registry;

import dev.jtask.worker.registry.classes.ContextLoader;
import dev.jtask.worker.registry.classes.Loading;
import dev.jtask.worker.registry.classes.TaskJars;
import dev.jtask.worker.registry.classes.TaskMethods;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The annotated methods of objects, of classes and of jars, by one reading: [TaskMethods].
public final class TaskClasses {

    private TaskClasses() {}

    /// The tasks of one object's class, called on that object. It may be a container's proxy.
    ///
    /// @throws IllegalArgumentException when it has none, or naming the one that cannot be a task
    public static List<TaskDefinition> of(Object instance) {
        if (instance instanceof Class<?> type) {
            throw new IllegalArgumentException("%s is a class; give an object of it, or tasks(%s.class, %2$s::new)"
                    .formatted(type.getName(), type.getSimpleName()));
        }
        Lease<Object> forEver = () -> instance;
        return define(instance.getClass(), () -> forEver);
    }

    /// The tasks of a class, each run on an instance from the supplier, which may be a container's.
    ///
    /// @throws IllegalArgumentException when it has none, or naming the one that cannot be a task
    public static <T> List<TaskDefinition> of(Class<T> type, Supplier<? extends T> instances) {
        Lease<T> forEver = instances::get;
        return define(type, () -> forEver);
    }

    /// The tasks of a class, each run on an instance that is lent for it.
    ///
    /// @throws IllegalArgumentException when it has none, or naming the one that cannot be a task
    public static <T> List<TaskDefinition> leased(Class<T> type, Supplier<? extends Lease<? extends T>> leases) {
        return define(type, leases);
    }

    /// The tasks in these jars, their classes found by scanning for [dev.jtask.task.Task]. They run in a class loader
    /// of the jars, with one instance of each class.
    ///
    /// @throws IllegalArgumentException naming the jar, class or method that cannot be used
    public static List<TaskDefinition> inJars(List<Path> paths) {
        var jars = TaskJars.open(paths);
        var instances = new HashMap<Class<?>, Object>();
        var definitions = jars.tasks().stream()
                .map(task -> MethodTask.define(task, () -> () -> instances.get(task.type()), jars.loader()))
                .toList();
        // after all that can be said without running users' code
        jars.start(instances);
        return definitions;
    }

    private static List<TaskDefinition> define(Class<?> type, Supplier<? extends Lease<?>> leases) {
        var tasks = TaskMethods.of(type);
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException(
                    Proxy.isProxyClass(type)
                            ? "%s is a proxy of %s, in which no method is annotated with @Task; annotate the interface's method, or let the container make proxies of classes"
                                    .formatted(type.getName(), interfaces(type))
                            : "%s has no method annotated with @Task".formatted(type.getName()));
        }
        tasks.forEach(task -> Loading.initialize(task.method().getDeclaringClass()));
        return tasks.stream()
                .map(task -> MethodTask.define(task, leases, ContextLoader.of(task.type())))
                .toList();
    }

    private static String interfaces(Class<?> proxy) {
        return Arrays.stream(proxy.getInterfaces())
                .map(Class::getName)
                .filter(name -> !name.startsWith("org.springframework."))
                .collect(Collectors.joining(" and "));
    }
}
