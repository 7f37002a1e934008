package dev.jtask.worker.delivery;

import java.time.Duration;
import java.util.Map;

/// What brokers allow, for tests.
final class Windows {

    private Windows() {}

    /// Of a broker that nobody configured, and a worker that needs little.
    static AckWindow usual() {
        return new AckWindow(null, Map.of());
    }

    static AckWindow of(Duration told) {
        return new AckWindow(told, Map.of());
    }
}
