package dev.jtask.test.memory;

import java.util.concurrent.locks.ReentrantLock;

/// Who may let time pass: one thread at a time, and the task that it waits for.
final class Turn {

    private static final ScopedValue<Boolean> INSIDE = ScopedValue.newInstance();

    private final ReentrantLock lock = new ReentrantLock();

    /// Runs a task for which the one whose turn it is waits.
    static void inside(Runnable task) {
        ScopedValue.where(INSIDE, true).run(task);
    }

    void take(Runnable work) {
        if (INSIDE.isBound()) {
            work.run();
            return;
        }
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }
}
