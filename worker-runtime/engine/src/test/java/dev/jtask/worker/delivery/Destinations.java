package dev.jtask.worker.delivery;

import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Keeps what consumers hand on.
final class Destinations implements QueueConsumer.Destination, QueueConsumer.Progress {

    final List<Delivery> accepted = new CopyOnWriteArrayList<>();
    final List<Disposition.Hold> held = new CopyOnWriteArrayList<>();
    final List<Duration> timeouts = new CopyOnWriteArrayList<>();
    final AtomicInteger progressed = new AtomicInteger();

    /// From now on nothing can be accepted.
    volatile boolean broken;

    @Override
    public void accept(Delivery delivery, QueueConsumer from) {
        if (broken) {
            throw new IllegalStateException("broken");
        }
        accepted.add(delivery);
    }

    @Override
    public void hold(Delivery delivery, Disposition.Hold hold, QueueConsumer from) {
        held.add(hold);
    }

    @Override
    public void giveBack(Delivery delivery) {
        delivery.receipt().settle(new Disposition.Requeue());
    }

    @Override
    public void timedOut(Duration allowed) {
        timeouts.add(allowed);
    }

    @Override
    public void progressed() {
        progressed.incrementAndGet();
    }
}
