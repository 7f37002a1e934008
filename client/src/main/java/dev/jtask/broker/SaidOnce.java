package dev.jtask.broker;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Several connections to one broker are lost, and refused, for one reason: who says it first says it for all.
final class SaidOnce {

    /// For all connections of this process.
    static final SaidOnce HERE = new SaidOnce();

    private static final long HEARD_NANOS = TimeUnit.SECONDS.toNanos(30);

    private @Nullable Said last;

    private record Said(String why, long at) {}

    /// Says it in the same words whoever is first; false if somebody has said so just now.
    ///
    /// @param who whose connection is tried again
    boolean tell(Logger log, String who, String why, @Nullable Throwable cause) {
        if (!isNew(why, System.nanoTime())) {
            return false;
        }
        log.warn("{}: {}; trying again", who, why);
        log.debug("{}: the cause", who, cause);
        return true;
    }

    synchronized boolean isNew(String why, long now) {
        var before = last;
        if (before != null && before.why().equals(why) && now - before.at() < HEARD_NANOS) {
            return false;
        }
        last = new Said(why, now);
        return true;
    }
}
