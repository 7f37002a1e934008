package dev.jtask.operator.reconcile;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// When a pool is tried again after an error: after a tick, then twice as long each time, never later than a quiet pool
/// is looked over, and without end.
final class Retries {

    private static final int MOST_DOUBLINGS = 10;

    private final Map<ResourceID, Integer> failures = new ConcurrentHashMap<>();
    private final Pace pace;

    Retries(Pace pace) {
        this.pace = pace;
    }

    /// Counts a failure.
    Duration after(ResourceID pool) {
        var inARow = failures.merge(pool, 1, Integer::sum);
        var wait = pace.tick().multipliedBy(1L << Math.min(inARow - 1, MOST_DOUBLINGS));
        return Collections.min(List.of(wait, pace.quiet()));
    }

    void reset(ResourceID pool) {
        failures.remove(pool);
    }
}
