package dev.jtask.jose;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/// Warns once a minute of what may be wrong with each message.
final class Warnings {

    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Logger log;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    Warnings(Logger log) {
        this.log = log;
    }

    void warn(String text) {
        long due = next.get();
        long now = System.nanoTime();
        if (now - due >= 0 && next.compareAndSet(due, now + QUIET_NANOS)) {
            log.warn("{} (said once a minute)", text);
        } else {
            log.debug("{}", text);
        }
    }
}
