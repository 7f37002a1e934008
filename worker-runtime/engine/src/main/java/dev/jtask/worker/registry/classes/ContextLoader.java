package dev.jtask.worker.registry.classes;

import org.jspecify.annotations.Nullable;

/// The class loader in which libraries look for what belongs to a task: services, resources, classes by name. Entered
/// by a thread for a while; at the end it has its own again.
public final class ContextLoader implements AutoCloseable {

    private final Thread thread = Thread.currentThread();
    private final @Nullable ClassLoader before = thread.getContextClassLoader();

    private ContextLoader() {}

    /// `try (var _ = ContextLoader.enter(loader))`.
    public static ContextLoader enter(@Nullable ClassLoader loader) {
        var context = new ContextLoader();
        context.thread.setContextClassLoader(loader);
        return context;
    }

    /// Of an object's tasks: the one in which the object is given, if that knows its class, else the class's own.
    public static @Nullable ClassLoader of(Class<?> type) {
        var current = Thread.currentThread().getContextClassLoader();
        return knows(current, type) ? current : type.getClassLoader();
    }

    @Override
    public void close() {
        thread.setContextClassLoader(before);
    }

    private static boolean knows(@Nullable ClassLoader loader, Class<?> type) {
        try {
            return loader != null && (type.isHidden() || Class.forName(type.getName(), false, loader) == type);
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
