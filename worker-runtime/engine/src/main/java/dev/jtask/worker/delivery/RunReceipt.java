package dev.jtask.worker.delivery;

import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The receipt of one run, which may come to stand for several deliveries of its message: whatever the broker
/// delivers again while the task runs is settled with it, and not run beside it.
final class RunReceipt implements Receipt {

    private final Runs runs;
    private final RunKey key;
    private final Delivery delivery;
    private final List<Receipt> earlier = new ArrayList<>();
    private Receipt latest;
    private Instant since;
    private boolean settled;
    private volatile @Nullable Instant leftSlot;
    private volatile boolean waitsForStore;

    RunReceipt(Runs runs, RunKey key, Delivery delivery) {
        this.runs = runs;
        this.key = key;
        this.delivery = delivery;
        this.latest = delivery.receipt();
        this.since = delivery.at();
    }

    /// Its slot is free again: what is left to do is its ending.
    void leftSlot(Instant when) {
        leftSlot = when;
        synchronized (this) {
            leaveLane(latest);
        }
    }

    private static void leaveLane(Receipt receipt) {
        if (receipt instanceof SuspectReceipt suspect) {
            suspect.leftSlot();
        }
    }

    /// Whether its ending has been under way for too long, and keeps a delivery of its queue open.
    ///
    /// @param isOver whether it has, by when it began
    synchronized boolean hasEndedItsRun(Predicate<Instant> isOver) {
        var left = leftSlot;
        return left != null
                && isOver.test(left)
                && !settled
                && !waitsForStore
                && latest instanceof Ticket
                && !latest.isLost();
    }

    @Override
    public void waitsForStore(boolean waits) {
        waitsForStore = waits;
    }

    /// As it came first.
    Delivery delivery() {
        return delivery;
    }

    /// Takes a further delivery of the same message over.
    ///
    /// @return false when the run is settled already
    synchronized boolean adopt(Delivery again) {
        if (settled) {
            return false;
        }
        if (isParked() && !latest.isLost()) {
            if (isWhatWasParked(again)) {
                again.receipt().settle(new Disposition.Ack()); // a copy of what is safe where it is
                return true;
            }
            // out of its place, whose lease was over before this worker knew: nothing is safe there any more
            latest.settle(new Disposition.Ack());
        } else {
            earlier.add(latest);
        }
        latest = again.receipt();
        since = again.at();
        if (leftSlot != null) {
            leaveLane(latest);
        }
        return true;
    }

    /// The delivery whose acknowledgement was lost as it was parked comes as it was; its copy in the place counts a
    /// return more.
    private boolean isWhatWasParked(Delivery again) {
        return again.redelivered() && Returns.count(again.message()) == Returns.count(delivery.message());
    }

    /// Holds the message in another way from now on; what held it before is done with.
    ///
    /// @return false when the run is settled already
    synchronized boolean moved(Receipt from, Receipt to) {
        if (settled || !latest.equals(from) || from.isLost()) {
            return false;
        }
        latest = to;
        from.settle(new Disposition.Ack());
        return true;
    }

    /// What the broker knows the message by now.
    synchronized Receipt latest() {
        return latest;
    }

    /// Whether the run goes on, and this is what the broker knows the message by.
    synchronized boolean isHeldBy(Receipt receipt) {
        return !settled && latest.equals(receipt);
    }

    synchronized boolean isParked() {
        return !settled && latest instanceof ParkedReceipt;
    }

    /// Whether no delivery of it is open, though its task runs.
    synchronized boolean holdsNothing() {
        return !settled && (latest instanceof ParkedReceipt || latest.isLost());
    }

    /// Whether a slot that it has is busy without an open delivery, so that another one would wait beside it.
    ///
    /// @param isLong whether it has had the slot for so long that it counts where it was acknowledged early
    synchronized boolean keepsSlotAlone(boolean isLong) {
        return settled ? isLong : holdsNothing();
    }

    /// When the delivery came that is open now.
    synchronized Instant since() {
        return since;
    }

    /// The newest delivery is settled as the run ends; the others are copies of it, or void.
    @Override
    public synchronized void settle(Disposition how) {
        if (settled) {
            return;
        }
        settled = true;
        boolean lost = latest.isLost();
        earlier.forEach(each -> each.settle(new Disposition.Ack()));
        latest.settle(how);
        runs.ended(key, this, how instanceof Disposition.Ack, lost);
    }

    @Override
    public synchronized boolean isLost() {
        return latest.isLost();
    }

    /// The run may be, while its message waits here for another one.
    @Override
    public synchronized boolean isOver() {
        return latest.isOver();
    }
}
