package dev.jtask.client.result;

import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.seal.SealException;
import dev.jtask.seal.SealedResults;
import dev.jtask.seal.ValueSeal;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The handles whose results are still to come. A handle that its caller has dropped is let go, unless something is
/// chained to its end. A result that has not come within a day never will, since that is how long Celery's backends
/// keep one; the handle fails then. That day begins when the task is sent, or is due, and anew with each word of
/// it; where it waits for a signal, when that time is over. So a client does not grow for as long as it runs.
final class Waiting {

    static final Duration KEPT = Duration.ofDays(1);
    static final String UNREADABLE = "its result cannot be read";
    private static final Duration LOOKED_THROUGH = Duration.ofMinutes(10);

    /// More than one of a task where its sender also asks by its id.
    private final ConcurrentHashMap<String, List<Entry>> handles = new ConcurrentHashMap<>();
    private final ReferenceQueue<TaskHandle<?>> dropped = new ReferenceQueue<>();
    private final AtomicLong lookedAtMs = new AtomicLong();
    private final Clock clock;

    Waiting(Clock clock) {
        this.clock = clock;
    }

    /// @param eta before which its task does not begin; null without
    /// @return the tasks that nobody waits for any more, or that were waited for too long
    List<String> add(TaskHandle<?> handle, @Nullable Instant eta) {
        var now = clock.instant();
        var entry = new Entry(handle, now, dropped);
        entry.begins(eta);
        handle.onChained(() -> entry.kept = handle);
        handles.merge(handle.id(), List.of(entry), Waiting::joined);
        var gone = letGo();
        long before = lookedAtMs.get();
        boolean due = now.toEpochMilli() > before + LOOKED_THROUGH.toMillis();
        if (due && lookedAtMs.compareAndSet(before, now.toEpochMilli())) {
            gone.addAll(giveUp(now));
        }
        return gone;
    }

    /// Tells the handles that a report is for what it says; where it is hidden and cannot be read, that.
    ///
    /// @return false when nobody waits for it
    boolean report(ResultMessage result, ValueSeal seal) {
        try {
            return report(SealedResults.open(result, seal));
        } catch (SealException e) {
            boolean awaited = handles.containsKey(result.taskId());
            if (TaskState.isReady(result.status())) {
                abandon(result.taskId(), UNREADABLE, e);
            }
            return awaited;
        }
    }

    /// Tells the handles that a report is for.
    ///
    /// @return false when nobody waits for it
    boolean report(ResultMessage result) {
        var entries =
                TaskState.isReady(result.status()) ? handles.remove(result.taskId()) : handles.get(result.taskId());
        if (entries == null) {
            return false;
        }
        var now = clock.instant();
        var until = result.until();
        for (var entry : entries) {
            entry.begins(now);
            entry.begins(until);
            var handle = entry.get();
            if (handle != null) {
                handle.report(result);
            }
        }
        return true;
    }

    /// Nothing will come for this handle.
    ///
    /// @return whether nobody else waits for its task
    boolean abandon(TaskHandle<?> handle, RuntimeException cause) {
        handle.abandon(cause);
        var entries = handles.getOrDefault(handle.id(), List.of()).stream()
                .filter(entry -> entry.get() == handle)
                .toList();
        entries.forEach(this::wasLast);
        return !handles.containsKey(handle.id());
    }

    /// Nothing will come for it.
    void abandon(String id, String reason, Throwable cause) {
        var entries = handles.remove(id);
        if (entries != null) {
            entries.forEach(entry -> abandon(entry, "%s: %s".formatted(reason, cause.getMessage()), cause));
        }
    }

    /// Nothing will come any more.
    void abandonAll(String reason) {
        handles.values().forEach(entries -> entries.forEach(entry -> abandon(entry, reason, null)));
        handles.clear();
    }

    /// Does so unless somebody waits for the task; who begins to meanwhile comes after it.
    void unlessAwaited(String id, Runnable leave) {
        handles.compute(id, (key, entries) -> {
            if (entries == null) {
                leave.run();
            }
            return entries;
        });
    }

    int size() {
        return handles.size();
    }

    private List<String> letGo() {
        var gone = new ArrayList<String>();
        for (var reference = dropped.poll(); reference != null; reference = dropped.poll()) {
            if (reference instanceof Entry entry && wasLast(entry)) {
                gone.add(entry.id);
            }
        }
        return gone;
    }

    private List<String> giveUp(Instant now) {
        var old = handles.values().stream()
                .flatMap(List::stream)
                .filter(entry -> entry.since.isBefore(now.minus(KEPT)))
                .toList();
        var gone = new ArrayList<String>();
        for (var entry : old) {
            if (wasLast(entry)) {
                gone.add(entry.id);
            }
            abandon(entry, "no result came within " + KEPT, null);
        }
        return gone;
    }

    /// Takes it out.
    private boolean wasLast(Entry entry) {
        var left = handles.computeIfPresent(entry.id, (id, entries) -> {
            var others = entries.stream().filter(each -> each != entry).toList();
            return others.isEmpty() ? null : others;
        });
        return left == null;
    }

    private static List<Entry> joined(List<Entry> before, List<Entry> more) {
        return Stream.of(before, more).flatMap(List::stream).toList();
    }

    private static void abandon(Entry entry, String reason, @Nullable Throwable cause) {
        var handle = entry.get();
        if (handle != null) {
            handle.abandon(new IllegalStateException("%s: %s".formatted(handle, reason), cause));
        }
    }

    private static final class Entry extends WeakReference<TaskHandle<?>> {

        private final String id;
        private volatile Instant since;

        /// Read by nobody: the handle lives as long as this entry once it is here.
        @SuppressWarnings("unused")
        private volatile @Nullable TaskHandle<?> kept;

        Entry(TaskHandle<?> handle, Instant since, ReferenceQueue<TaskHandle<?>> dropped) {
            super(handle, dropped);
            this.id = handle.id();
            this.since = since;
        }

        /// Its day begins then, unless it does so later.
        void begins(@Nullable Instant when) {
            if (when != null && when.isAfter(since)) {
                since = when;
            }
        }
    }
}
