package dev.jtask.operator.reconcile;

import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.status.Statuses;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// How often statuses are written: news at once, figures that move once in a while.
final class StatusBudget {

    private final Map<ResourceID, Instant> written = new ConcurrentHashMap<>();
    private final Duration pause;

    /// @param pause between two writes that bring no news
    StatusBudget(Duration pause) {
        this.pause = pause;
    }

    /// @param before the status that is there
    /// @return how long to wait with writing it, zero for not at all, empty when there is nothing to write
    Optional<Duration> waits(
            ResourceID pool, @Nullable TaskWorkerPoolStatus before, TaskWorkerPoolStatus after, Instant now) {
        // an operator that has just started owes nobody the figures that it finds
        var last = written.computeIfAbsent(pool, any -> now);
        if (Statuses.isSame(before, after)) {
            return Optional.empty();
        }
        var due = last.plus(pause);
        if (!Statuses.isNews(before, after) && now.isBefore(due)) {
            return Optional.of(Duration.between(now, due));
        }
        written.put(pool, now);
        return Optional.of(Duration.ZERO);
    }

    void forget(ResourceID pool) {
        written.remove(pool);
    }
}
