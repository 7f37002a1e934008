package dev.jtask.broker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Several connections to one broker are lost, and refused, for one reason: who says it first says it for all.
final class SaidOnce {

    /// For all connections of this process.
    static final SaidOnce HERE = new SaidOnce();

    private static final long HEARD_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final AtomicReference<@Nullable Said> last = new AtomicReference<>();

    private record Said(String why, long at) {}

    /// Whether nobody has said so just now.
    boolean isNew(String why) {
        return isNew(why, System.nanoTime());
    }

    boolean isNew(String why, long now) {
        var before = last.get();
        boolean heard = before != null && before.why().equals(why) && now - before.at() < HEARD_NANOS;
        return !heard && last.compareAndSet(before, new Said(why, now));
    }
}
