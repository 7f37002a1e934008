package dev.jtask.operator;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs something short over and over until it is closed, and knows whether that still comes to an end.
final class Ticker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("jtask-tick").daemon().factory());

    private final Duration every;
    private final LongSupplier nanos;
    private volatile long ended;

    Ticker(Duration every, Runnable action) {
        this(every, action, System::nanoTime);
    }

    /// @param nanos a clock that only moves forward
    Ticker(Duration every, Runnable action, LongSupplier nanos) {
        this.every = every;
        this.nanos = nanos;
        this.ended = nanos.getAsLong();
        var pause = every.toNanos();
        var _ = thread.scheduleAtFixedRate(() -> run(action), pause, pause, TimeUnit.NANOSECONDS);
    }

    /// Whether a run that is due has not come to an end for so long.
    boolean isOverdue(Duration patience) {
        return nanos.getAsLong() - ended > every.plus(patience).toNanos();
    }

    private void run(Runnable action) {
        guarded(action);
        ended = nanos.getAsLong();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            // a schedule that throws once never runs again: nothing may leave here, be it memory that is short
            tell(e);
        }
    }

    private static void tell(Throwable failure) {
        try {
            LOG.error("a tick failed; the next one comes in its time", failure);
        } catch (Throwable e) {
            // nothing is left to say it with
        }
    }
}
