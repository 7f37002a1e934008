package dev.jtask.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Whether a worker that ends is to end sooner, which may come true at any moment of its end. Safe for any thread.
final class Hurry {

    private static final long STEP_MS = 20;

    private final CountDownLatch begun = new CountDownLatch(1);

    /// Something that comes true in time, or does not.
    @FunctionalInterface
    interface Awaited {
        boolean await(long time, TimeUnit unit) throws InterruptedException;
    }

    void begin() {
        begun.countDown();
    }

    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    /// Whether it comes true in time.
    ///
    /// @param most without a hurry
    /// @param hurried from the beginning of a hurry on, if that is less than what is left
    boolean await(Duration most, Duration hurried, Awaited condition) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (System.nanoTime() - deadline < 0 && !hasBegun()) {
            if (condition.await(STEP_MS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        long left = Math.min(deadline - System.nanoTime(), hurried.toNanos());
        return condition.await(Math.max(0, left), TimeUnit.NANOSECONDS);
    }
}
