package dev.jtask.worker.delivery;

import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.Suspects;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Receipt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// The receipt of a suspect that runs. Among suspects, whatever the broker delivers again was running when
/// its worker died; so what goes back for any other reason goes back as a new message.
final class SuspectReceipt implements Receipt {

    private final Ticket ticket;
    private final String queue;
    private final WireMessage message;
    private final Outgoing sender;
    private final Consumer<String> rest;
    private final AtomicBoolean settled = new AtomicBoolean();

    /// @param queue whose suspect it is
    /// @param rest lets all suspects wait, for this reason
    SuspectReceipt(Ticket ticket, String queue, WireMessage message, Outgoing sender, Consumer<String> rest) {
        this.ticket = ticket;
        this.queue = queue;
        this.message = Returns.counted(message, Returns.count(message));
        this.sender = sender;
        this.rest = rest;
    }

    @Override
    public void settle(Disposition how) {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        switch (how) {
            case Disposition.Ack(), Disposition.Moved() -> ticket.settle(how);
            // the task's own wish counts as a return, or it could wish so for ever
            case Disposition.Requeue() -> {
                var returned = Returns.counted(message, Returns.count(message) + 1);
                move(Parcel.plain(Suspects.queueFor(queue), returned));
            }
            // in its queue it can wait without being blamed
            case Disposition.Hold(var _, var _) -> move(Parcel.reply(queue, message));
            case Disposition.Leave(var reason) -> {
                rest.accept(reason);
                move(Parcel.plain(Suspects.queueFor(queue), message));
            }
        }
    }

    @Override
    public boolean isLost() {
        return ticket.isLost();
    }

    @Override
    public boolean isOver() {
        return settled.get() || isLost();
    }

    private void move(Parcel parcel) {
        if (isLost()) {
            return; // the broker has it again already
        }
        var _ = sender.send(parcel, Patience.ENDLESS)
                .whenComplete((sent, failure) ->
                        ticket.settle(failure == null ? new Disposition.Ack() : new Disposition.Requeue()));
    }
}
