package dev.jtask.worker.delivery;

import dev.jtask.protocol.time.Pauses;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The times in which a queue takes nothing, since what it sends cannot be settled: longer and longer ones.
final class Rests {

    private static final Logger LOG = LoggerFactory.getLogger(Rests.class);

    /// The first one outlasts a message's way back to the queue.
    private static final Pauses PAUSES = new Pauses(Duration.ofSeconds(2), Duration.ofMinutes(1));

    /// After so long without a further reason, a rest is a new one.
    private static final long FORGIVEN_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final String queue;
    private int number;
    private volatile long until = System.nanoTime();
    private volatile @Nullable String reason;

    Rests(String queue) {
        this.queue = queue;
    }

    /// Why it takes nothing for a while; null when it does.
    @Nullable
    String reason() {
        return System.nanoTime() - until < 0 ? reason : null;
    }

    /// Several messages may want it at once, and mean one rest.
    synchronized void begin(String why) {
        if (reason() != null) {
            return;
        }
        long now = System.nanoTime();
        number = now - until > FORGIVEN_NANOS ? 1 : number + 1;
        var pause = PAUSES.after(number);
        LOG.warn("queue '{}' rests for {} s: {}", queue, Math.max(1, pause.toSeconds()), why);
        reason = why;
        until = now + pause.toNanos();
    }
}
