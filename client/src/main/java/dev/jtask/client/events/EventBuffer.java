package dev.jtask.client.events;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Events between who hears them and who is told, so that a slow listener holds up nobody. When it is full the oldest
/// give way, as what is told last is what still holds.
final class EventBuffer {

    private final int most;
    private final long mostBytes;
    private final Tally dropped;
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long bytes;
    private boolean closed;

    private record Kept(CeleryEvent event, long bytes) {}

    /// @param most events, 1 or more
    /// @param mostBytes of all together; one alone may have more
    /// @param dropped counts those that gave way
    EventBuffer(int most, long mostBytes, Tally dropped) {
        this.most = most;
        this.mostBytes = mostBytes;
        this.dropped = dropped;
    }

    /// Never waits.
    ///
    /// @param size of the message that it came in, or its part of it
    void put(CeleryEvent event, long size) {
        int gone = 0;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            kept.add(new Kept(event, size));
            bytes += size;
            while (kept.size() > most || (bytes > mostBytes && kept.size() > 1)) {
                bytes -= kept.remove().bytes();
                gone++;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
        for (; gone > 0; gone--) {
            dropped.add("oldest first");
        }
    }

    /// Waits for the next; empty at the end.
    Optional<CeleryEvent> take() throws InterruptedException {
        lock.lock();
        try {
            while (kept.isEmpty() && !closed) {
                changed.await();
            }
            if (closed) {
                return Optional.empty();
            }
            var next = kept.remove();
            bytes -= next.bytes();
            return Optional.of(next.event());
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more is taken, not even what is in it.
    void close() {
        lock.lock();
        try {
            closed = true;
            kept.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
