package dev.jtask.operator.watch;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Semaphore;
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

    /// Gives its place back, if it has one.
    void leave() {
        var held = place.getAndSet(null);
        if (held != null) {
            held.release();
        }
    }

    /// Whether it began before this moment.
    boolean isOlderThan(Instant moment) {
        return !waits && began.isBefore(moment);
    }
}
