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

        /// Puts it into the queue again as a new message, or, where that cannot be, as it is. The broker would count
        /// the return as if its task had failed, and drop the message beyond its limit.
        ///
        /// @param delivery with a receipt that is still to be settled
        void giveBack(Delivery delivery);

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
            case Disposition.Leave(var reason) -> source.leave(reason, () -> giveBack(whole));
        }
        source.settled(how);
    }

    private void giveBack(@Nullable Delivery whole) {
        if (whole == null) {
            acknowledger.requeue(tag);
            return;
        }
        var last = new Ticket(tag, acknowledger, source);
        source.giveBack(last.of(whole.withReceipt(last)));
    }

    @Override
    public boolean isLost() {
        return !settled.get() && acknowledger.isClosed();
    }

    @Override
    public boolean isOver() {
        return settled.get() || acknowledger.isClosed();
    }
}
