package dev.jtask.worker.delivery;

import dev.jtask.broker.Continuations;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.broker.PublishRefusedException;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.Suspects;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The receipt of a suspect that runs. Among suspects, whatever the broker delivers again was running when
/// its worker died; so what goes back for any other reason goes back as a new message.
final class SuspectReceipt implements Receipt {

    /// An ending that is carried out as usual takes less; the next one may end the worker, and this one is not to be
    /// blamed for it.
    private static final long PROMPT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// The shortest that the broker knows.
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Ticket ticket;
    private final String queue;
    private final String home;
    private final WireMessage message;
    private final Outgoing sender;
    private final Moves moves;
    private final Consumer<String> rest;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile @Nullable Long leftSlot;
    /// Until when its copy waits in the broker for the turn that it was given; null where it does not.
    private volatile @Nullable Long turn;

    /// @param queue whose suspect it is
    /// @param home where it waits for its time: in its queue, or among the suspects where it was blamed too often
    /// @param rest lets the suspects of its queue wait, for this reason
    SuspectReceipt(
            Ticket ticket,
            String queue,
            String home,
            WireMessage message,
            Outgoing sender,
            Moves moves,
            Consumer<String> rest) {
        this.ticket = ticket;
        this.queue = queue;
        this.home = home;
        this.message = Returns.counted(message, Returns.count(message));
        this.sender = sender;
        this.moves = moves;
        this.rest = rest;
    }

    /// Its run is over; what is left is its ending.
    void leftSlot() {
        leftSlot = System.nanoTime();
    }

    /// Whether no other may run beside it.
    boolean isRunning() {
        var left = leftSlot;
        return !ticket.isOver() && (left == null || System.nanoTime() - left < PROMPT_NANOS);
    }

    @Override
    public void settle(Disposition how) {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        switch (how) {
            case Disposition.Ack(), Disposition.Moved() -> ticket.settle(how);
            // the task's own wish counts as a return, or it could wish so for ever
            case Disposition.Requeue() -> move(amongSuspects(Returns.counted(message, Returns.count(message) + 1)));
            case Disposition.Hold(var delay, var when) -> hold(delay, when);
            case Disposition.Leave(var reason) -> {
                rest.accept(reason);
                move(amongSuspects(message));
            }
        }
    }

    @Override
    public boolean isLost() {
        return ticket.isLost();
    }

    /// Whoever waits in the broker for its turn comes back without it, and would find it given away each time.
    @Override
    public boolean isOver() {
        var until = turn;
        return isLost() || (settled.get() && (until == null || System.nanoTime() - until >= 0));
    }

    private Parcel amongSuspects(WireMessage copy) {
        return Parcel.plain(Suspects.queueFor(queue), copy);
    }

    /// In its queue it can wait without being blamed; there it would begin anew, so that one which was blamed too often
    /// already waits in the broker and comes back here.
    private void hold(Duration delay, @Nullable Instant when) {
        if (home.equals(queue)) {
            move(Parcel.reply(queue, message));
        } else if (!isLost()) {
            turn = when == null ? null : System.nanoTime() + delay.toNanos();
            follow(delayed(delay).exceptionallyCompose(failure -> {
                turn = null;
                rest.accept("a suspect of queue '%s' cannot wait in the broker for its time: %s"
                        .formatted(queue, Continuations.cause(failure).getMessage()));
                return sender.send(amongSuspects(message), Patience.ENDLESS);
            }));
        }
    }

    private CompletableFuture<@Nullable Void> delayed(Duration delay) {
        try {
            var pause = delay.compareTo(SHORTEST) < 0 ? SHORTEST : delay;
            return sender.send(amongSuspects(message).delayed(pause), Patience.ENDLESS);
        } catch (PublishRefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void move(Parcel parcel) {
        if (!isLost()) { // the broker has it again already
            follow(sender.send(parcel, Patience.ENDLESS));
        }
    }

    private void follow(CompletableFuture<@Nullable Void> sent) {
        moves.begin(sent.handle((done, failure) -> {
            ticket.settle(failure == null ? new Disposition.Ack() : new Disposition.Requeue());
            return true;
        }));
    }
}
