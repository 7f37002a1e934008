package dev.jtask.operator.reconcile;

import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.status.Statuses;
import dev.jtask.protocol.time.Wait;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// How often statuses are written: news at once, figures that move once in a while.
final class StatusBudget {

    private final Map<ResourceID, Wait> written = new ConcurrentHashMap<>();
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
        var last = written.computeIfAbsent(pool, any -> Wait.of(now, pause));
        if (Statuses.isSame(before, after)) {
            return Optional.empty();
        }
        if (!Statuses.isNews(before, after) && !last.isOver(now)) {
            return Optional.of(last.left(now));
        }
        written.put(pool, Wait.of(now, pause));
        return Optional.of(Duration.ZERO);
    }

    void forget(ResourceID pool) {
        written.remove(pool);
    }
}
