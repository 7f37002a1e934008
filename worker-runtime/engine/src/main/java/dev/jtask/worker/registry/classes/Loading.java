package dev.jtask.worker.registry.classes;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Loads and initializes users' classes at the start, so that what is wrong with one is said then.
public final class Loading {

    private static final int DEEPEST = 20;

    private Loading() {}

    /// @throws IllegalArgumentException naming the class and what it lacks
    static Class<?> load(ClassLoader loader, String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw failed(name, e);
        }
    }

    /// Runs the static initializer, if it has not run.
    ///
    /// @throws IllegalArgumentException naming the class and what was thrown
    public static void initialize(Class<?> type) {
        try {
            Class.forName(type.getName(), true, type.getClassLoader());
        } catch (ClassNotFoundException e) {
            // a hidden class has no name to be found by, and is initialized by whoever made an object of it
            return;
        } catch (Error e) {
            // what a static initializer throws is wrapped unless it is an error itself
            throw failed(type.getName(), e);
        }
    }

    /// What is missing behind a failure, as libraries wrap it, or nothing.
    public static Optional<Throwable> lacking(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .filter(each -> each instanceof LinkageError || each instanceof TypeNotPresentException)
                .findFirst();
    }

    /// The sentence for a class that cannot be used for what was thrown.
    public static IllegalArgumentException failed(String name, Throwable thrown) {
        var reason = switch (thrown) {
            case ExceptionInInitializerError e
            when e.getCause() != null -> "its static initializer threw " + e.getCause();
            case UnsupportedClassVersionError _ ->
                "it is compiled for a newer Java than the worker's %s; compile it with --release %1$s"
                        .formatted(Runtime.version().feature());
            case AssertionError e -> "its static initializer threw " + e;
            case NoClassDefFoundError e
            when e.getCause() instanceof ExceptionInInitializerError cause ->
                "a static initializer failed before: " + cause.getMessage();
            case NoClassDefFoundError e -> missing(String.valueOf(e.getMessage()));
            case ClassNotFoundException e -> missing(String.valueOf(e.getMessage()));
            case TypeNotPresentException e -> missing(e.typeName());
            default -> thrown.toString();
        };
        return new IllegalArgumentException("cannot load %s: %s".formatted(name, reason), thrown);
    }

    private static String missing(String type) {
        return "it needs %s, which is in none of the jars; add the jar that has it".formatted(type.replace('/', '.'));
    }
}
