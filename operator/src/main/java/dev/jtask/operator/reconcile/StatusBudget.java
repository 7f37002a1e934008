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

/// How often statuses are written: news at once, figures that move once in a while. News that come again and again, as
/// of a broker that answers every other look, come as seldom as figures after the first few.
final class StatusBudget {

    /// Until there is none for as long as [#CALM].
    private static final int NEWS_AT_ONCE = 4;

    private static final Duration CALM = Duration.ofMinutes(1);

    /// @param pause until figures may be written
    /// @param calm until news are the first ones
    /// @param news that were written without such a calm between them
    private record Written(Wait pause, Wait calm, int news) {}

    private final Map<ResourceID, Written> written = new ConcurrentHashMap<>();
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
        var last = written.computeIfAbsent(pool, any -> new Written(Wait.of(now, pause), Wait.OVER, 0));
        if (Statuses.isSame(before, after)) {
            return Optional.empty();
        }
        boolean news = Statuses.isNews(before, after);
        int told = last.calm().isOver(now) ? 0 : last.news();
        boolean awaited = Statuses.isAwaited(before, after);
        boolean atOnce = news && (told < NEWS_AT_ONCE || awaited);
        if (!atOnce && !last.pause().isOver(now)) {
            return Optional.of(last.pause().left(now));
        }
        written.put(
                pool,
                news && !awaited
                        ? new Written(Wait.of(now, pause), Wait.of(now, CALM), told + 1)
                        : new Written(Wait.of(now, pause), last.calm(), last.news()));
        return Optional.of(Duration.ZERO);
    }

    void forget(ResourceID pool) {
        written.remove(pool);
    }
}
