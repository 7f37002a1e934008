package dev.jtask.worker.execution;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The only limit on tasks in flight: a slot is taken before a delivery is, and given back when its task has ended.
public final class Slots {

    private final int size;
    private final Semaphore free;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    public Slots(int size) {
        this.size = size;
        this.free = new Semaphore(size);
    }

    public int size() {
        return size;
    }

    public int busy() {
        return running.size();
    }

    public void take() throws InterruptedException {
        free.acquire();
    }

    /// Gives back a slot in which nothing was run.
    public void giveBack() {
        free.release();
    }

    /// Runs `work` on the given thread in the slot that was taken, and frees the slot at its end.
    public void run(Thread.Builder threads, Runnable work) {
        var thread = threads.unstarted(() -> {
            try {
                work.run();
            } finally {
                running.remove(Thread.currentThread());
                free.release();
            }
        });
        running.add(thread);
        thread.start();
    }

    public void interruptRunning() {
        running.forEach(Thread::interrupt);
    }

    /// Waits until every slot is free.
    ///
    /// @return false when the time was over first
    public boolean awaitIdle(long timeout, TimeUnit unit) throws InterruptedException {
        if (!free.tryAcquire(size, timeout, unit)) {
            return false;
        }
        free.release(size);
        return true;
    }
}
