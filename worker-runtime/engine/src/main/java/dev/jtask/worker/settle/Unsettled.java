package dev.jtask.worker.settle;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The endings that are being carried out: how many, since when, and when there are none. Safe for any thread.
public final class Unsettled {

    private final Map<Object, Long> since = new ConcurrentHashMap<>();
    private final ReentrantLock turn = new ReentrantLock();
    private final Condition fewer = turn.newCondition();
    private final LongSupplier nanos;
    private volatile boolean awaited;

    Unsettled() {
        this(System::nanoTime);
    }

    Unsettled(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void begin(Object ending) {
        since.put(ending, nanos.getAsLong());
    }

    void end(Object ending) {
        since.remove(ending);
        if (awaited && since.isEmpty()) {
            turn.lock();
            try {
                fewer.signalAll();
            } finally {
                turn.unlock();
            }
        }
    }

    public int count() {
        return since.size();
    }

    /// How long the oldest has been under way; zero when there is none.
    public Duration oldest() {
        long now = nanos.getAsLong();
        return Duration.ofNanos(
                since.values().stream().mapToLong(begun -> now - begun).max().orElse(0));
    }

    /// Waits until all that is under way is settled.
    ///
    /// @return false when the time was over first
    public boolean awaitNone(Duration most) throws InterruptedException {
        long left = most.toNanos();
        turn.lock();
        try {
            awaited = true;
            while (!since.isEmpty() && left > 0) {
                left = fewer.awaitNanos(left);
            }
            return since.isEmpty();
        } finally {
            turn.unlock();
        }
    }
}
