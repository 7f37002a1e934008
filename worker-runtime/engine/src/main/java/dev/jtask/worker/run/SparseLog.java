package dev.jtask.worker.run;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Warns of something that may happen for each message: at once the first time, and then once a minute with the number
/// of times in between.
public final class SparseLog {

    private static final long QUIET_NANOS = 60_000_000_000L;

    private final Logger log;
    private final LongSupplier nanos;
    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong next;

    public SparseLog(Logger log) {
        this(log, System::nanoTime);
    }

    SparseLog(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
        this.next = new AtomicLong(nanos.getAsLong());
    }

    public void warn(String text) {
        warn(text, null);
    }

    /// @param thrown shown with its trace when the text is said
    public void warn(String text, @Nullable Throwable thrown) {
        long due = next.get();
        long now = nanos.getAsLong();
        if (now - due < 0 || !next.compareAndSet(due, now + QUIET_NANOS)) {
            unsaid.incrementAndGet();
            log.debug("{}", text, thrown);
            return;
        }
        long more = unsaid.getAndSet(0);
        if (more == 0) {
            log.warn("{}", text, thrown);
        } else {
            log.warn("{} (and {} like it in the last minute)", text, more, thrown);
        }
    }
}
