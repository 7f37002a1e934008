package dev.jtask.test.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/// A clock that stands until it is moved, and what is to happen by it. Safe for any thread; what is due runs on the
/// thread of whoever asks for it.
public final class Agenda extends Clock {

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparingLong(Entry::order));
    private Instant now;
    private long count;

    /// Something that is to happen.
    ///
    /// @param order among those of one time
    record Entry(Instant due, long order, Runnable action) {}

    public Agenda(Instant start) {
        this.now = start;
    }

    synchronized Entry in(Duration delay, Runnable action) {
        var entry = new Entry(now.plus(delay), count++, action);
        entries.add(entry);
        return entry;
    }

    synchronized void cancel(Entry entry) {
        entries.remove(entry);
    }

    /// When something happens next.
    synchronized Optional<Instant> next() {
        return Optional.ofNullable(entries.peek()).map(Entry::due);
    }

    /// Time does not go back.
    synchronized void moveTo(Instant time) {
        if (time.isAfter(now)) {
            now = time;
        }
    }

    /// Runs what is due.
    void runDue() {
        for (var due = takeDue(); due.isPresent(); due = takeDue()) {
            due.get().action().run();
        }
    }

    private synchronized Optional<Entry> takeDue() {
        var first = entries.peek();
        return first == null || first.due().isAfter(now) ? Optional.empty() : Optional.ofNullable(entries.poll());
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("nothing here asks for a zone");
    }
}
