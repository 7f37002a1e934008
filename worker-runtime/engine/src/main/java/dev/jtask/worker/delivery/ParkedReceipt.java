package dev.jtask.worker.delivery;

import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Receipt;

/// The receipt of a message that is parked: no delivery of it is open, and settling it is up to the [Parking].
final class ParkedReceipt implements Receipt {

    /// Where the message is, and what can be done with it.
    interface Spot {

        /// The task is done: nobody needs the message any more.
        void done();

        /// Another worker shall have it.
        ///
        /// @param counted whether that counts as a return
        void back(boolean counted);

        /// It goes back by itself, when its lease is over.
        void abandon(String reason);

        /// Whether it has gone back already.
        boolean isGone();
    }

    private final Spot spot;

    ParkedReceipt(Spot spot) {
        this.spot = spot;
    }

    @Override
    public void settle(Disposition how) {
        switch (how) {
            case Disposition.Ack(), Disposition.Moved() -> spot.done();
            case Disposition.Requeue() -> spot.back(true);
            case Disposition.Hold(var _, var _) -> spot.back(false);
            case Disposition.Leave(var reason) -> spot.abandon(reason);
        }
    }

    @Override
    public boolean isLost() {
        return spot.isGone();
    }
}
