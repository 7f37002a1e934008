package dev.jtask.worker.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The last runs that were acknowledged: when a channel or a connection is lost, nobody knows which of the
/// last acknowledgements have reached the broker, and it delivers the messages of the others again. Adding
/// one waits for nobody, since every task does.
final class RecentRuns {

    private static final int MOST = 8_192;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(10);

    private record Entry(RunKey key, long at) {}

    private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(MOST);
    private final AtomicInteger next = new AtomicInteger();
    private final LongSupplier nanos;

    RecentRuns() {
        this(System::nanoTime);
    }

    RecentRuns(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void add(RunKey key) {
        entries.setRelease(next.getAndIncrement() & (MOST - 1), new Entry(key, nanos.getAsLong()));
    }

    boolean has(RunKey key) {
        long now = nanos.getAsLong();
        for (int i = 0; i < MOST; i++) {
            var entry = entries.getAcquire(i);
            if (entry != null && now - entry.at() < NANOS && entry.key().equals(key)) {
                return true;
            }
        }
        return false;
    }
}
