package dev.jtask.operator.watch;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The right to look at a broker, from its beginning on; told apart by identity. Who waits for a place beside other
/// looks at the same servers has not begun.
final class Turn {

    private final boolean takenOver;
    private final AtomicReference<@Nullable Semaphore> place = new AtomicReference<>();
    private volatile long began;
    private volatile boolean waits;

    /// @param began by a clock that only moves forward, in nanoseconds
    /// @param takenOver from a look that hangs
    Turn(long began, boolean takenOver) {
        this.began = began;
        this.takenOver = takenOver;
    }

    long began() {
        return began;
    }

    boolean isTakenOver() {
        return takenOver;
    }

    /// Waits for a place, and begins.
    void enter(Semaphore places, LongSupplier nanos) {
        waits = true;
        places.acquireUninterruptibly();
        place.set(places);
        began = nanos.getAsLong();
        waits = false;
    }

    /// Waits a moment for a place, and begins, if need be without one.
    void tryToEnter(Semaphore places, LongSupplier nanos) {
        waits = true;
        try {
            if (places.tryAcquire(1, TimeUnit.SECONDS)) {
                place.set(places);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        began = nanos.getAsLong();
        waits = false;
    }

    boolean hasPlace() {
        return place.get() != null;
    }

    /// Gives its place back, if it has one.
    void leave() {
        var held = place.getAndSet(null);
        if (held != null) {
            held.release();
        }
    }

    /// Whether it began so long ago.
    boolean isOlderThan(Duration age, long now) {
        return !waits && now - began > age.toNanos();
    }
}
