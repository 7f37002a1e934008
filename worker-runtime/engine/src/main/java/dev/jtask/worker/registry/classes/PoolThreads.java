package dev.jtask.worker.registry.classes;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes the threads of the JVM's common pool, where a `CompletableFuture` and a parallel stream of a task go on. The
/// JDK gives them the context of the class path, which is not where a worker's task jars are; these have the jars'.
///
/// Public with its constructor, since the JDK makes it by its name.
public final class PoolThreads implements ForkJoinWorkerThreadFactory {

    private static final String PROPERTY = "java.util.concurrent.ForkJoinPool.common.threadFactory";

    private static volatile @Nullable ClassLoader jars;

    private final Supplier<@Nullable ClassLoader> context;

    public PoolThreads() {
        this(() -> jars);
    }

    PoolThreads(Supplier<@Nullable ClassLoader> context) {
        this.context = context;
    }

    /// For a program of its own, before anything uses the pool; whoever has set a factory keeps it.
    public static void install() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, PoolThreads.class.getName());
        }
    }

    static void enter(ClassLoader ofJars) {
        jars = ofJars;
    }

    @Override
    public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
        return new PoolThread(pool, context);
    }

    /// Asks for the context anew each time: it may be older than the jars.
    private static final class PoolThread extends ForkJoinWorkerThread {

        private final Supplier<@Nullable ClassLoader> context;
        private boolean hasItsOwn;

        PoolThread(ForkJoinPool pool, Supplier<@Nullable ClassLoader> context) {
            // as the JDK's own, it keeps no thread local of one task for the next
            super(null, pool, false);
            this.context = context;
            super.setContextClassLoader(ClassLoader.getSystemClassLoader());
        }

        @Override
        public @Nullable ClassLoader getContextClassLoader() {
            var current = hasItsOwn ? null : context.get();
            return current == null ? super.getContextClassLoader() : current;
        }

        @Override
        public void setContextClassLoader(@Nullable ClassLoader loader) {
            hasItsOwn = true;
            super.setContextClassLoader(loader);
        }
    }
}
