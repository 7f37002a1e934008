package dev.jtask.client;

import dev.jtask.protocol.ResultMessage;
import dev.jtask.protocol.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The handles whose results are still to come. A result that has not come within a day never will, since that is how
/// long Celery's backends keep one; the handle fails then, so that a client does not grow for as long as it runs.
final class Waiting {

    static final Duration KEPT = Duration.ofDays(1);
    private static final Duration LOOKED_THROUGH = Duration.ofMinutes(10);

    private record Entry(TaskHandle<?> handle, Instant since) {}

    private final ConcurrentHashMap<String, Entry> handles = new ConcurrentHashMap<>();
    private final AtomicLong lookedAtMs = new AtomicLong();

    /// @return those that have waited too long and are given up
    List<TaskHandle<?>> add(TaskHandle<?> handle, Instant now) {
        handles.put(handle.id(), new Entry(handle, now));
        long before = lookedAtMs.get();
        boolean due = now.toEpochMilli() > before + LOOKED_THROUGH.toMillis();
        return due && lookedAtMs.compareAndSet(before, now.toEpochMilli()) ? giveUp(now) : List.of();
    }

    /// The handle that a report is for, which it has taken in; null when nobody waits.
    @Nullable
    TaskHandle<?> report(ResultMessage result) {
        var entry = TaskState.isReady(result.status()) ? handles.remove(result.taskId()) : handles.get(result.taskId());
        if (entry == null) {
            return null;
        }
        entry.handle.report(result);
        return entry.handle;
    }

    /// Nothing will come for it.
    void abandon(TaskHandle<?> handle, RuntimeException cause) {
        handles.remove(handle.id());
        handle.abandon(cause);
    }

    /// Nothing will come any more.
    void abandonAll(RuntimeException cause) {
        handles.values().forEach(entry -> entry.handle.abandon(cause));
        handles.clear();
    }

    int size() {
        return handles.size();
    }

    private List<TaskHandle<?>> giveUp(Instant now) {
        var old = handles.values().stream()
                .filter(entry -> entry.since.plus(KEPT).isBefore(now))
                .<TaskHandle<?>>map(Entry::handle)
                .toList();
        old.forEach(handle -> abandon(
                handle, new IllegalStateException("no result of task %s came within %s".formatted(handle.id(), KEPT))));
        return old;
    }
}
