package dev.jtask.worker.celery.events;

import java.util.concurrent.atomic.AtomicLong;

/// The logical clock that orders what workers tell each other.
public final class LamportClock {

    /// A later time is nobody's: it would bring this clock to its end.
    private static final long LATEST = 1L << 62;

    private final AtomicLong value = new AtomicLong();

    /// The next time, for something that is sent.
    public long forward() {
        return value.incrementAndGet();
    }

    /// Takes note of the time of something that was received.
    public void adjust(long other) {
        value.updateAndGet(own -> Math.max(own, other > LATEST ? 0 : other) + 1);
    }

    public long now() {
        return value.get();
    }
}
