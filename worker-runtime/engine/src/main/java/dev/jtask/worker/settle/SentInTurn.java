package dev.jtask.worker.settle;

import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Patience;
import dev.jtask.broker.TaskSender;
import dev.jtask.protocol.flow.Routed;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Sends many messages, the next ones as earlier ones are confirmed: a small message may ask for thousands of large
/// ones, such as a chord whose members carry its body each, and not all of them fit into memory at once.
final class SentInTurn {

    private static final int MOST = 1_000;
    private static final long MOST_BYTES = 16 << 20;

    private final TaskSender tasks;
    private final Outgoing sender;
    private final Iterator<Routed> left;
    private final CompletableFuture<@Nullable Void> all = new CompletableFuture<>();
    private final AtomicInteger unconfirmed = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private SentInTurn(TaskSender tasks, Outgoing sender, List<Routed> messages) {
        this.tasks = tasks;
        this.sender = sender;
        this.left = messages.iterator();
    }

    /// @param sender by which `tasks` are sent
    /// @return fails with the first failure, when the others are through
    static CompletableFuture<@Nullable Void> of(TaskSender tasks, Outgoing sender, List<Routed> messages) {
        var sent = new SentInTurn(tasks, sender, messages);
        sent.goOn();
        return sent.all;
    }

    /// By one thread at a time: a confirm may come while the next message is on its way, and on the same thread.
    private void goOn() {
        if (turns.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            while (left.hasNext() && unconfirmed.get() < MOST && bytes.get() < MOST_BYTES) {
                send(left.next());
            }
            if (!left.hasNext() && unconfirmed.get() == 0) {
                end();
            }
            seen = turns.addAndGet(-seen);
        } while (seen > 0);
    }

    private void send(Routed task) {
        unconfirmed.incrementAndGet();
        var size = new AtomicLong();
        CompletableFuture<@Nullable Void> sent;
        try {
            sent = tasks.by((parcel, patience) -> {
                        size.addAndGet(parcel.message().body().length);
                        bytes.addAndGet(parcel.message().body().length);
                        return sender.send(parcel, patience);
                    })
                    .send(task, Patience.ENDLESS);
        } catch (Throwable e) { // the boundary of one message: whatever is wrong with it, the others go on
            through(size.get(), e);
            return;
        }
        var _ = sent.whenComplete((done, refused) -> {
            through(size.get(), refused);
            goOn();
        });
    }

    private void through(long size, @Nullable Throwable refused) {
        if (refused != null) {
            failure.compareAndSet(null, refused);
        }
        bytes.addAndGet(-size);
        unconfirmed.decrementAndGet();
    }

    private void end() {
        var first = failure.get();
        if (first == null) {
            all.complete(null);
        } else {
            all.completeExceptionally(first);
        }
    }
}
