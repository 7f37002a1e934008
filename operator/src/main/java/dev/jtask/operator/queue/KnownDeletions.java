package dev.jtask.operator.queue;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Pools that are being deleted: for how long that is known here, by a clock that only moves forward, and which
/// of their queues are done with. When a pool was deleted is told by the clock of another machine, and neither
/// that one nor this one's need be right, or stay as they are.
public final class KnownDeletions {

    /// What became of a queue.
    enum End {
        DELETED,
        KEPT
    }

    /// @param since in nanoseconds
    /// @param ends of the queues that were deleted, or of which was said that they stay
    private record Deletion(long since, Map<String, End> ends) {}

    /// By the pool's uid.
    private final Map<String, Deletion> all = new ConcurrentHashMap<>();

    private final LongSupplier nanos;

    /// @param nanos a clock that only moves forward
    public KnownDeletions(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Nothing the first time that it is asked for.
    public Duration age(TaskWorkerPool pool) {
        return Duration.ofNanos(nanos.getAsLong() - of(pool).since());
    }

    /// Nobody has to look after this queue of the pool any more.
    void settled(TaskWorkerPool pool, String queue, End how) {
        of(pool).ends().put(queue, how);
    }

    boolean isSettled(TaskWorkerPool pool, String queue) {
        return of(pool).ends().containsKey(queue);
    }

    boolean isDeleted(TaskWorkerPool pool, String queue) {
        return of(pool).ends().get(queue) == End.DELETED;
    }

    /// Its queues that were to be deleted, and of which nothing was said yet.
    public List<String> left(TaskWorkerPool pool) {
        return QueueCleaner.doomed(pool).stream()
                .filter(queue -> !isSettled(pool, queue))
                .toList();
    }

    private Deletion of(TaskWorkerPool pool) {
        return all.computeIfAbsent(
                pool.getMetadata().getUid(), any -> new Deletion(nanos.getAsLong(), new ConcurrentHashMap<>()));
    }

    /// Forgets a pool that is gone.
    public void forget(TaskWorkerPool pool) {
        all.remove(pool.getMetadata().getUid());
    }
}
