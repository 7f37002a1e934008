package dev.jtask.redis;

import dev.jtask.protocol.time.Pauses;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How long to wait before a server is left: not at all at first, then longer and longer, until none was left for
/// a while.
final class Pace {

    /// Between all tries to have a server.
    static final Pauses PAUSES = new Pauses(Duration.ofMillis(500), Duration.ofSeconds(10));

    /// More than the longest pause, and the time of an answer.
    private static final long FORGOTTEN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private int times;
    private long last;

    /// @param nanos of any clock that runs evenly
    synchronized Duration next(long nanos) {
        if (nanos - last > FORGOTTEN_NANOS) {
            times = 0;
        }
        last = nanos;
        return times++ == 0 ? Duration.ZERO : PAUSES.after(times - 1);
    }
}
