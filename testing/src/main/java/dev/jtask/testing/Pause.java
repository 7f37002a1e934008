package dev.jtask.testing;

import java.util.concurrent.locks.LockSupport;

/// The interval at which a condition is looked at again.
final class Pause {

    private static final long INTERVAL = 50_000_000L;

    private Pause() {}

    static void briefly() {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("interrupted while waiting for RabbitMQ");
        }
        LockSupport.parkNanos(INTERVAL);
    }
}
