package dev.jtask.operator.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The right to look at a broker, from its beginning on; told apart by identity. Who waits for a place beside other
/// looks at the same servers has not begun.
final class Turn {

    private final boolean takenOver;
    private final AtomicReference<@Nullable Semaphore> place = new AtomicReference<>();
    private volatile Instant began;
    private volatile boolean waits;

    /// @param takenOver from a look that hangs
    Turn(Instant began, boolean takenOver) {
        this.began = began;
        this.takenOver = takenOver;
    }

    Instant began() {
        return began;
    }

    boolean isTakenOver() {
        return takenOver;
    }

    /// Waits for a place, and begins.
    void enter(Semaphore places, Clock clock) {
        waits = true;
        places.acquireUninterruptibly();
        place.set(places);
        began = clock.instant();
        waits = false;
    }

    /// Waits a moment for a place, and begins, if need be without one.
    void tryToEnter(Semaphore places, Clock clock) {
        waits = true;
        try {
            if (places.tryAcquire(1, TimeUnit.SECONDS)) {
                place.set(places);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        began = clock.instant();
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

    /// Whether it began so long ago. By a clock that was put back it begins anew, as most have not hung.
    boolean isOlderThan(Duration age, Instant now) {
        if (now.isBefore(began)) {
            began = now;
        }
        return !waits && began.isBefore(now.minus(age));
    }
}
