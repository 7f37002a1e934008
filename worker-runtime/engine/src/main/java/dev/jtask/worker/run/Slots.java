package dev.jtask.worker.run;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The only limit on tasks in flight: a slot is taken before a delivery is, and given back when its task has ended or
/// was given up.
public final class Slots {

    private final ReentrantLock turn = new ReentrantLock();
    private final Condition changed = turn.newCondition();
    private final AtomicInteger running = new AtomicInteger();
    private volatile int size;
    private final AtomicInteger taken = new AtomicInteger();

    /// @param size tasks that may run at once, at least 1
    public Slots(int size) {
        this.size = size;
    }

    public int size() {
        return size;
    }

    /// More slots at once, or fewer as soon as tasks end; running tasks are left alone.
    ///
    /// @param newSize at least 1
    public void resize(int newSize) {
        if (newSize < 1) {
            throw new IllegalArgumentException("a worker has one slot or more, not " + newSize);
        }
        turn.lock();
        try {
            size = newSize;
            changed.signalAll();
        } finally {
            turn.unlock();
        }
    }

    public int busy() {
        return running.get();
    }

    /// Waits for a free slot.
    ///
    /// @return null when there was none within the time
    public @Nullable Slot take(long most, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(most);
        turn.lock();
        try {
            while (taken.get() >= size) {
                if (left <= 0) {
                    return null;
                }
                left = changed.awaitNanos(left);
            }
            taken.incrementAndGet();
            return new Slot(this);
        } finally {
            turn.unlock();
        }
    }

    /// Waits until every slot is free.
    ///
    /// @return false when the time was over first
    public boolean awaitIdle(long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        turn.lock();
        try {
            while (taken.get() > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return taken.get() == 0;
        } finally {
            turn.unlock();
        }
    }

    /// Whether there are no more taken than there may be.
    boolean mayKeep() {
        return taken.get() <= size;
    }

    void occupied() {
        running.incrementAndGet();
    }

    void left() {
        running.decrementAndGet();
    }

    void release() {
        turn.lock();
        try {
            taken.decrementAndGet();
            changed.signalAll();
        } finally {
            turn.unlock();
        }
    }
}
