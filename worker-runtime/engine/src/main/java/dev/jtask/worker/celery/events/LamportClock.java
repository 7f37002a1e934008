package dev.jtask.worker.celery.events;

import java.util.concurrent.atomic.AtomicLong;

/// The logical clock that orders what workers tell each other.
public final class LamportClock {

    private final AtomicLong value = new AtomicLong();

    /// The next time, for something that is sent.
    public long forward() {
        return value.incrementAndGet();
    }

    /// Takes note of the time of something that was received.
    public void adjust(long other) {
        value.updateAndGet(own -> Math.max(own, other) + 1);
    }

    public long now() {
        return value.get();
    }
}
