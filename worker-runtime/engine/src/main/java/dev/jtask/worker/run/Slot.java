package dev.jtask.worker.run;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One taken slot, for one task. It is given back, or passed on to the next task, exactly once, by whoever comes first:
/// the task's end or the one who gave it up.
public final class Slot {

    private final Slots slots;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean occupied;

    Slot(Slots slots) {
        this.slots = slots;
    }

    /// Runs `work` on a new thread in this slot, and gives the slot back at its end.
    public void run(ThreadFactory threads, Runnable work) {
        var thread = threads.newThread(() -> {
            try {
                work.run();
            } finally {
                release();
            }
        });
        occupied = true;
        slots.occupied();
        thread.start();
    }

    /// Gives the slot back, also while its thread still runs.
    public void release() {
        if (end()) {
            slots.release();
        }
    }

    /// The same slot for the next task, so that nobody has to be woken to take it.
    ///
    /// @return null when it is given up, or one too many
    public @Nullable Slot passOn() {
        return slots.mayKeep() && end() ? new Slot(slots) : null;
    }

    /// @return true for the first caller only
    private boolean end() {
        boolean first = over.compareAndSet(false, true);
        if (first && occupied) {
            slots.left();
        }
        return first;
    }
}
