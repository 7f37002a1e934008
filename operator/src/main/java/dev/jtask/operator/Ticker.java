package dev.jtask.operator;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs something short over and over until it is closed.
final class Ticker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("jtask-tick").daemon().factory());

    Ticker(Duration every, Runnable action) {
        var nanos = every.toNanos();
        var _ = thread.scheduleAtFixedRate(() -> guarded(action), nanos, nanos, TimeUnit.NANOSECONDS);
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
