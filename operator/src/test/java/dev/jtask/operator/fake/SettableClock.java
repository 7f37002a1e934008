package dev.jtask.operator.fake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that stands still until it is moved.
public final class SettableClock extends Clock {

    private volatile Instant now;
    private final AtomicLong passed = new AtomicLong();

    public SettableClock(Instant now) {
        this.now = now;
    }

    public void forward(Duration by) {
        now = now.plus(by);
        passed.addAndGet(Math.max(0, by.toNanos()));
    }

    /// Sets it to another time while none passes, as NTP does.
    public void jump(Duration by) {
        now = now.plus(by);
    }

    /// A clock that only moves forward, in nanoseconds.
    public long nanos() {
        return passed.get();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
