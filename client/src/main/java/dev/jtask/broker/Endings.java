package dev.jtask.broker;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Ends what is on a connection, beside the thread that reads from it. Whoever writes to a broker that does not read
/// holds the locks that this needs: after a second the socket is closed, which ends the write, and the rest goes on.
/// Nothing waits in it, and so it needs no end.
final class Endings extends AbstractExecutorService {

    /// For what needs no cut.
    static final ExecutorService THREADS = Executors.newCachedThreadPool(BrokerThread.factory());

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Runnable cut;

    /// @param cut closes the socket; any thread
    Endings(Runnable cut) {
        this.cut = cut;
    }

    @Override
    public void execute(Runnable work) {
        THREADS.execute(work);
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable work, T result) {
        return newTaskFor(Executors.callable(work, result));
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> work) {
        return new Ending<>(work);
    }

    @Override
    public void shutdown() {
        // all connections share the threads
    }

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long most, TimeUnit unit) {
        return true;
    }

    private final class Ending<T> extends FutureTask<T> {

        Ending(Callable<T> work) {
            super(work);
        }

        /// The client would wait for a heartbeat's time, for each channel.
        @Override
        public T get(long most, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            try {
                return super.get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                cut.run();
                return super.get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
            }
        }

        /// A channel that was not told of its end would be waited for, for ever.
        @Override
        public boolean cancel(boolean interrupts) {
            return false;
        }
    }
}
