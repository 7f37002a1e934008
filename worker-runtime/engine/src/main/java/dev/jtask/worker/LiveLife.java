package dev.jtask.worker;

import dev.jtask.worker.celery.control.LifeControl;
import dev.jtask.worker.run.Slots;
import java.util.function.IntSupplier;

/// The worker's slots and its end.
record LiveLife(Slots slots, IntSupplier prefetch, Runnable end) implements LifeControl {

    @Override
    public Vitals vitals() {
        return new Vitals(slots.size(), slots.busy(), prefetch.getAsInt());
    }

    @Override
    public void resize(int number) {
        slots.resize(number);
    }

    @Override
    public void shutDown() {
        end.run();
    }
}
