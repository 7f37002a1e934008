package dev.jtask.broker;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs what is chained to a future, each piece on a thread of its own, where it may block. These are virtual threads
/// where the JVM has them (Java 21), else daemon threads that stay for a minute.
public final class Continuations {

    /// Never refuses, and nobody needs to close it.
    public static final Executor OWN_THREAD = ownThread();

    private Continuations() {}

    private static Executor ownThread() {
        try {
            var virtual = (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            // a bare Executor: nobody can shut down what all share
            return work -> virtual.execute(work);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException none) {
            // Java 19 and 20 have the method, and refuse it as a preview
            return daemons();
        }
    }

    static Executor daemons() {
        var number = new AtomicInteger();
        var pool = Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "jtask-continuation-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
        return work -> pool.execute(work);
    }
}
