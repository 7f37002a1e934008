package dev.jtask.worker.run;

import java.util.concurrent.atomic.AtomicBoolean;

/// One taken slot. It is given back exactly once, by whoever comes first: the task's end or the one who gave it up.
public final class Slot {

    private final Slots slots;
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile Thread thread = Thread.currentThread();

    Slot(Slots slots) {
        this.slots = slots;
    }

    /// Runs `work` on a new thread in this slot, and gives the slot back at its end.
    public void run(Thread.Builder threads, Runnable work) {
        thread = threads.unstarted(() -> {
            try {
                work.run();
            } finally {
                release();
            }
        });
        slots.occupy(thread);
        thread.start();
    }

    /// Gives the slot back, also while its thread still runs.
    public void release() {
        if (released.compareAndSet(false, true)) {
            slots.release(thread);
        }
    }
}
