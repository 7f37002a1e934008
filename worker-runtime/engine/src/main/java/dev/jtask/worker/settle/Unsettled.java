package dev.jtask.worker.settle;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The endings that are being carried out: how many, since when, and when there are none. Safe for any thread.
public final class Unsettled {

    /// So many whose messages are nowhere but here; more would fill the memory while nobody takes what they send.
    private static final int MOST_FOR_GOOD = 1_000;

    private final Map<Object, Begun> since = new ConcurrentHashMap<>();
    private final AtomicInteger forGood = new AtomicInteger();
    private final ReentrantLock turn = new ReentrantLock();
    private final Condition fewer = turn.newCondition();
    private final LongSupplier nanos;
    private volatile boolean awaited;

    private record Begun(long at, boolean forGood) {}

    Unsettled() {
        this(System::nanoTime);
    }

    Unsettled(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// @param forGood whether the broker has its message no more
    void begin(Object ending, boolean forGood) {
        since.put(ending, new Begun(nanos.getAsLong(), forGood));
        this.forGood.addAndGet(forGood ? 1 : 0);
    }

    void end(Object ending) {
        var begun = since.remove(ending);
        if (begun != null && begun.forGood()) {
            forGood.decrementAndGet();
        }
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

    /// Those that are lost with this worker, since the broker has their messages no more.
    public int forGood() {
        return forGood.get();
    }

    /// Why no more may begin; null when they may.
    public @Nullable String trouble() {
        int waiting = forGood.get();
        return waiting < MOST_FOR_GOOD
                ? null
                : "%d endings of tasks that were acknowledged early are not with the broker yet".formatted(waiting);
    }

    /// How long the oldest has been under way; zero when there is none.
    public Duration oldest() {
        long now = nanos.getAsLong();
        return Duration.ofNanos(since.values().stream()
                .mapToLong(begun -> now - begun.at())
                .max()
                .orElse(0));
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
