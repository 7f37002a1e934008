package dev.jtask.spring.outbox;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.Continuations;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.broker.PublishRefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What was sent in a transaction, and is in the table with it. To whoever has sent it, the broker has it with the
/// commit.
final class KeptSend implements AfterCommit.Send {

    private final AfterCommit.Send send;
    private final Phase phase;
    private final InstantSource clock;
    private final Runnable written;
    private final List<Draft> drafts = new ArrayList<>();
    private final List<CompletableFuture<@Nullable Void>> waiting = new ArrayList<>();

    private KeptSend(AfterCommit.Send send, Phase phase, InstantSource clock, Runnable written) {
        this.send = send;
        this.phase = phase;
        this.clock = clock;
        this.written = written;
    }

    /// Writes all its messages, or none.
    ///
    /// @throws RuntimeException when one cannot be written; its sender is told by this alone
    static KeptSend in(OutboxTable table, AfterCommit.Send send, Phase phase, InstantSource clock, Runnable written) {
        var kept = new KeptSend(send, phase, clock, written);
        try {
            var done = send.send(kept.new Keeping());
            if (done.isCompletedExceptionally()) {
                done.join();
            }
            table.add(kept.drafts);
        } catch (RuntimeException e) {
            var cause = Continuations.cause(e) instanceof RuntimeException known ? known : e;
            kept.waiting.forEach(each -> each.completeExceptionally(cause));
            throw cause;
        }
        return kept;
    }

    @Override
    public CompletableFuture<?> send() {
        if (!phase.isSure()) {
            return send.send().whenComplete((sent, failure) -> waiting.forEach(each -> each.complete(null)));
        }
        waiting.forEach(each -> each.complete(null));
        written.run();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<?> send(Outgoing way) {
        return send.send(way);
    }

    @Override
    public void drop() {
        send.drop();
        var cause = new IllegalStateException("the transaction that sent it was rolled back");
        waiting.forEach(each -> each.completeExceptionally(cause));
    }

    private CompletableFuture<@Nullable Void> keep(Draft draft) {
        var kept = new CompletableFuture<@Nullable Void>();
        drafts.add(draft);
        waiting.add(kept);
        return kept;
    }

    /// The way into the table.
    private final class Keeping implements Outgoing {

        @Override
        public CompletableFuture<@Nullable Void> send(Parcel parcel, Patience patience) {
            return keep(Draft.of(parcel));
        }

        @Override
        public CompletableFuture<@Nullable Void> sendAfter(Duration delay, Parcel parcel, Patience patience) {
            // that nothing can wait for such a queue is told to who sends, and not by the relay
            try {
                var ignored = parcel.delayed(delay);
            } catch (PublishRefusedException e) {
                return CompletableFuture.failedFuture(e);
            }
            return keep(new Draft(parcel, clock.instant().plus(delay)));
        }
    }
}
