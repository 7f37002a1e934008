package dev.jtask.broker;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// What is chained to a future: runs each piece on a thread of its own, where it may block, and tells what a
/// future has failed with. The threads are virtual ones where the JVM has them (Java 21), else daemons that stay
/// for a minute.
public final class Continuations {

    /// Never refuses, and nobody needs to close it.
    public static final Executor OWN_THREAD = ownThread();

    private Continuations() {}

    /// What a future has failed with, without what the futures that follow and those who wait wrap it in.
    public static Throwable cause(Throwable failure) {
        var cause = failure;
        while (cause instanceof CompletionException || cause instanceof ExecutionException) {
            var within = cause.getCause();
            if (within == null) {
                return cause;
            }
            cause = within;
        }
        return cause;
    }

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
