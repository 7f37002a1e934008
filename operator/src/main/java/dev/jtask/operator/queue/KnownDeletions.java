package dev.jtask.operator.queue;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// For how long it is known here that a pool is being deleted, by a clock that only moves forward. When it was deleted
/// is told by the clock of another machine, and neither that one nor this one's need be right, or stay as they are.
public final class KnownDeletions {

    /// By the pool's uid.
    private final Map<String, Long> since = new ConcurrentHashMap<>();

    private final LongSupplier nanos;

    /// @param nanos a clock that only moves forward
    public KnownDeletions(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Nothing the first time that it is asked for.
    public Duration age(TaskWorkerPool pool) {
        long now = nanos.getAsLong();
        return Duration.ofNanos(now - since.computeIfAbsent(pool.getMetadata().getUid(), any -> now));
    }

    /// Forgets a pool that is gone.
    public void forget(TaskWorkerPool pool) {
        since.remove(pool.getMetadata().getUid());
    }
}
