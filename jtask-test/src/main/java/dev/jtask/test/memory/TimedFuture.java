package dev.jtask.test.memory;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A future by which virtual time passes while somebody waits for it, and for whatever is chained to it.
final class TimedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    /// What is chained to an end runs on a thread of its own, in real time.
    private static final long CHAINED_SECONDS = 60;

    private final Time time;
    private final CompletableFuture<?> root;

    TimedFuture(Time time) {
        this.time = time;
        this.root = this;
    }

    private TimedFuture(Time time, CompletableFuture<?> root) {
        this.time = time;
        this.root = root;
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new TimedFuture<>(time, root);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        pass();
        return super.get();
    }

    @Override
    public T join() {
        pass();
        return super.join();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (!isDone() && !time.await(root, Duration.of(timeout, unit.toChronoUnit()))) {
            throw new TimeoutException();
        }
        return super.get(CHAINED_SECONDS, TimeUnit.SECONDS);
    }

    private void pass() {
        if (!isDone() && !time.await(root, Time.LONGEST)) {
            throw new IllegalStateException("no result has come within %s of the test's time".formatted(Time.LONGEST));
        }
    }
}
