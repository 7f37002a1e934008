package dev.jtask.broker;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Ends publications whose time is over, up to a hundredth of it late. Those that end at about the same time share a
/// timer: with one for each, a thread wakes up for every message to set it, and again to take it away.
final class Deadlines {

    private static final int STEPS = 100;
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /// So that no time is beyond the clock.
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;

    private final Consumer<Publication> over;
    /// By when they end, as [System#nanoTime()] tells it.
    private final ConcurrentHashMap<Long, Step> steps = new ConcurrentHashMap<>();

    private record Step(Set<Publication> ending, CompletableFuture<@Nullable Void> timer) {}

    /// @param over called on a thread that nobody may hold up
    Deadlines(Consumer<Publication> over) {
        this.over = over;
    }

    /// @param time from now
    void add(Publication publication, Duration time) {
        long nanos = Math.min(LONGEST_NANOS, TimeUnit.NANOSECONDS.convert(time));
        long length = Math.max(SHORTEST_NANOS, nanos / STEPS);
        long now = System.nanoTime();
        long end = (Math.floorDiv(now + nanos, length) + 1) * length;
        // within the turn of this moment, so that it cannot be over before
        var ending = steps.compute(end, (moment, present) -> {
                    var step = present == null ? begun(moment, moment - now) : present;
                    step.ending.add(publication);
                    return step;
                })
                .ending;
        var ignored = publication.done().whenComplete((done, failure) -> ending.remove(publication));
    }

    /// Nobody waits for any more.
    void close() {
        steps.values().forEach(step -> step.timer.cancel(false));
        steps.clear();
    }

    private Step begun(long end, long nanos) {
        var timer = new CompletableFuture<@Nullable Void>().completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
        var ignored = timer.thenRun(() -> expire(end));
        return new Step(ConcurrentHashMap.newKeySet(), timer);
    }

    private void expire(long end) {
        var step = steps.remove(end);
        if (step != null) {
            step.ending.forEach(over);
        }
    }
}
