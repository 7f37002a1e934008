package dev.jtask.worker.registry;

import dev.jtask.task.Task;
import io.github.classgraph.ClassGraph;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds tasks in classes and in jars.
public final class TaskClasses {

    private TaskClasses() {}

    /// The tasks of one object's class, called on that object.
    ///
    /// @throws IllegalArgumentException when it has none, or a task method is not public
    public static List<TaskDefinition> of(Object instance) {
        return define(instance.getClass(), () -> instance);
    }

    /// The tasks of a class, each run on an instance from the supplier, which may be a container's.
    public static <T> List<TaskDefinition> of(Class<T> type, Supplier<? extends T> instances) {
        return define(type, instances::get);
    }

    /// The tasks in these jars, their classes found by scanning for [Task].
    ///
    /// @throws IllegalArgumentException naming the jar or class that cannot be used
    public static List<TaskDefinition> inJars(List<Path> jars) {
        var loader = new URLClassLoader(
                jars.stream().map(TaskClasses::url).toArray(URL[]::new), Task.class.getClassLoader());
        var definitions = new ArrayList<TaskDefinition>();
        try (var scan = new ClassGraph()
                .overrideClasspath(jars)
                .overrideClassLoaders(loader)
                .enableMethodInfo()
                .enableAnnotationInfo()
                .ignoreMethodVisibility()
                .ignoreClassVisibility()
                .scan()) {
            for (var type : scan.getClassesWithMethodAnnotation(Task.class.getName())) {
                var found = load(loader, type.getName());
                var instance = instance(found);
                definitions.addAll(define(found, () -> instance));
            }
        }
        return definitions;
    }

    private static List<TaskDefinition> define(Class<?> type, Supplier<@Nullable Object> instances) {
        var definitions = new ArrayList<TaskDefinition>();
        for (Method method : type.getDeclaredMethods()) {
            var task = method.getAnnotation(Task.class);
            if (task == null) {
                continue;
            }
            if (!Modifier.isPublic(method.getModifiers()) || !Modifier.isPublic(type.getModifiers())) {
                throw new IllegalArgumentException(
                        "task '%s': make method %s and its class public".formatted(task.value(), method));
            }
            definitions.add(
                    MethodTask.define(Modifier.isStatic(method.getModifiers()) ? () -> null : instances, method, task));
        }
        if (definitions.isEmpty()) {
            throw new IllegalArgumentException("%s has no method annotated with @Task".formatted(type.getName()));
        }
        return definitions;
    }

    private static @Nullable Object instance(Class<?> type) {
        var tasks = Arrays.stream(type.getDeclaredMethods()).filter(method -> method.isAnnotationPresent(Task.class));
        if (tasks.allMatch(method -> Modifier.isStatic(method.getModifiers()))) {
            return null;
        }
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "cannot create %s: give it a public constructor without parameters, or make its tasks static"
                            .formatted(type.getName()),
                    e);
        }
    }

    private static Class<?> load(ClassLoader loader, String name) {
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException("cannot load %s; is a jar it needs missing? (%s)".formatted(name, e), e);
        }
    }

    private static URL url(Path jar) {
        if (!Files.isReadable(jar)) {
            throw new IllegalArgumentException("cannot read task jar %s".formatted(jar));
        }
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("cannot read task jar %s".formatted(jar), e);
        }
    }
}
