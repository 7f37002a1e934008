package dev.jtask.worker.delivery;

import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Receipt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The receipt of one delivery: hides its tag and its channel.
final class Ticket implements Receipt {

    /// Where a delivery came from, and may go back to.
    interface Source {

        /// It comes to its slot again after a while.
        void hold(Delivery delivery, Disposition.Hold hold);

        /// Nothing of this queue can be settled at the moment.
        ///
        /// @param giveBack returns the message to the queue; to be run once no more are taken from it
        void leave(String reason, Runnable giveBack);

        /// It is settled.
        void settled(Disposition how);
    }

    private final long tag;
    private final Acknowledger acknowledger;
    private final Source source;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile @Nullable Delivery delivery;

    Ticket(long tag, Acknowledger acknowledger, Source source) {
        this.tag = tag;
        this.acknowledger = acknowledger;
        this.source = source;
    }

    /// @param whole the delivery that this is the receipt of
    Delivery of(Delivery whole) {
        delivery = whole;
        return whole;
    }

    @Override
    public void settle(Disposition how) {
        var whole = delivery;
        if (how instanceof Disposition.Hold hold && whole != null) {
            if (!isOver()) {
                source.hold(whole, hold);
            }
            return;
        }
        boolean lost = acknowledger.isClosed();
        if (!settled.compareAndSet(false, true) || lost) {
            return;
        }
        switch (how) {
            case Disposition.Ack(), Disposition.Moved() -> acknowledger.ack(tag);
            case Disposition.Requeue(), Disposition.Hold(var _, var _) -> acknowledger.requeue(tag);
            case Disposition.Leave(var reason) -> source.leave(reason, () -> acknowledger.requeue(tag));
        }
        source.settled(how);
    }

    @Override
    public boolean isLost() {
        return !settled.get() && acknowledger.isClosed();
    }

    /// Settled, or lost.
    boolean isOver() {
        return settled.get() || acknowledger.isClosed();
    }
}
