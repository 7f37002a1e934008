package dev.jtask.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Whether a worker that ends is to end sooner, which may come true at any moment of its end. Safe for any thread.
final class Hurry {

    private static final long STEP_MS = 20;

    /// All that is still waited for together, from the beginning of a hurry on.
    private static final Duration TOGETHER = Duration.ofMillis(1_500);

    private final LongSupplier nanoTime;
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile long end;

    Hurry() {
        this(System::nanoTime);
    }

    Hurry(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Something that comes true in time, or does not.
    @FunctionalInterface
    interface Awaited {
        boolean await(long time, TimeUnit unit) throws InterruptedException;
    }

    synchronized void begin() {
        if (!hasBegun()) {
            end = nanoTime.getAsLong() + TOGETHER.toNanos();
            begun.countDown();
        }
    }

    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    /// What a step may take in a hurry that has begun.
    ///
    /// @param most if so much is left
    Duration left(Duration most) {
        var left = Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
        return left.compareTo(most) < 0 ? left : most;
    }

    /// Whether it comes true in time.
    ///
    /// @param most without a hurry
    /// @param hurried from the beginning of a hurry on, if that is less than what is left
    boolean await(Duration most, Duration hurried, Awaited condition) throws InterruptedException {
        long deadline = nanoTime.getAsLong() + most.toNanos();
        while (nanoTime.getAsLong() - deadline < 0 && !hasBegun()) {
            if (condition.await(STEP_MS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        long left = deadline - nanoTime.getAsLong();
        if (hasBegun()) {
            left = Math.min(left, left(hurried).toNanos());
        }
        return condition.await(Math.max(0, left), TimeUnit.NANOSECONDS);
    }
}
