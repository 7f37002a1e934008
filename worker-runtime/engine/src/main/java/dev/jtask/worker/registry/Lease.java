package dev.jtask.worker.registry;

import org.jspecify.annotations.Nullable;

/// The object that one run of a task is called on, lent by a container. Taken on the thread of the run before its task
/// is called, and closed there when that has ended.
@FunctionalInterface
public interface Lease<T> extends AutoCloseable {

    /// Asked for once, and not for a static method. A null fails the run.
    @Nullable
    T instance();

    /// Nothing by default.
    @Override
    default void close() {}
}
