package dev.jtask.test.memory;

import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Receipt;
import java.util.concurrent.atomic.AtomicBoolean;

/// Settles a message that was taken.
final class MemoryReceipt implements Receipt {

    private final MemoryBroker broker;
    private final MemoryBroker.Taken taken;
    private final AtomicBoolean settled = new AtomicBoolean();

    MemoryReceipt(MemoryBroker broker, MemoryBroker.Taken taken) {
        this.broker = broker;
        this.taken = taken;
    }

    @Override
    public void settle(Disposition how) {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        switch (how) {
            case Disposition.Ack(), Disposition.Moved() -> {
                // nobody has it any more
            }
            case Disposition.Requeue() -> broker.giveBack(taken);
            case Disposition.Hold(var delay, var turn) -> broker.hold(taken, delay, turn);
            case Disposition.Leave(var reason) -> throw new IllegalStateException(reason);
        }
    }

    /// Nothing can be lost between here and there.
    @Override
    public boolean isLost() {
        return false;
    }
}
