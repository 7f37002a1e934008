package dev.jtask.worker.registry.classes;

import dev.jtask.task.Task;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;

/// Jars of tasks, or folders of classes, in one class loader of their own.
public final class TaskJars {

    private static final String BOOT = "BOOT-INF/classes/";

    private final URLClassLoader loader;
    private final List<TaskMethod> tasks;

    private TaskJars(URLClassLoader loader) {
        this.loader = loader;
        this.tasks = JarScan.tasks(loader);
    }

    /// Loads the JDBC drivers and finds the tasks.
    ///
    /// @throws IllegalArgumentException naming the jar or class that cannot be used
    public static TaskJars open(List<Path> jars) {
        jars.forEach(TaskJars::check);
        var loader =
                new URLClassLoader(jars.stream().map(TaskJars::url).toArray(URL[]::new), Task.class.getClassLoader());
        PoolThreads.enter(loader);
        try (var _ = ContextLoader.enter(loader)) {
            Drivers.register(loader);
            return new TaskJars(loader);
        }
    }

    /// The context of the tasks.
    public ClassLoader loader() {
        return loader;
    }

    public List<TaskMethod> tasks() {
        return tasks;
    }

    /// Initializes the classes of the tasks and makes the instance that all tasks of one class share.
    ///
    /// @param instances where they are put
    /// @throws IllegalArgumentException naming the class and what it threw
    public void start(Map<Class<?>, Object> instances) {
        try (var _ = ContextLoader.enter(loader)) {
            for (var task : tasks) {
                Loading.initialize(task.method().getDeclaringClass());
                if (!task.isStatic()) {
                    instances.computeIfAbsent(task.type(), Instances::make);
                }
            }
        }
    }

    private static void check(Path jar) {
        if (!Files.isReadable(jar)) {
            throw new IllegalArgumentException("cannot read task jar %s".formatted(jar));
        }
        if (Files.isDirectory(jar)) {
            return;
        }
        try (var file = new JarFile(jar.toFile())) {
            if (file.stream().anyMatch(entry -> entry.getName().startsWith(BOOT))) {
                throw new IllegalArgumentException(
                        "%s has its classes in %s, where only Spring Boot's launcher finds them; give the plain jar, and its libraries as further jars"
                                .formatted(jar, BOOT));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("%s is no jar: %s".formatted(jar, e.getMessage()), e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("cannot read task jar %s".formatted(jar), e);
        }
    }
}
