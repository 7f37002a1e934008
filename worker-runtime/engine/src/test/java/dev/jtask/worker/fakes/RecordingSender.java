package dev.jtask.worker.fakes;

import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sends nothing and keeps everything: confirmed at once, unless it was told otherwise.
public final class RecordingSender implements Outgoing {

    /// One message on its way.
    public record Sent(Parcel parcel, Patience patience, CompletableFuture<@Nullable Void> answer) {

        public String to() {
            return parcel.route().name();
        }
    }

    private final Journal journal;
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private volatile Function<Parcel, CompletableFuture<@Nullable Void>> answers = parcel -> confirmed();

    public RecordingSender() {
        this(new Journal());
    }

    public RecordingSender(Journal journal) {
        this.journal = journal;
    }

    public static CompletableFuture<@Nullable Void> confirmed() {
        return CompletableFuture.completedFuture(null);
    }

    public static CompletableFuture<@Nullable Void> failed(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }

    /// From now on nothing is confirmed until the test does it.
    public void hold() {
        answers = parcel -> new CompletableFuture<>();
    }

    /// From now on these are the answers.
    public void answer(Function<Parcel, CompletableFuture<@Nullable Void>> other) {
        answers = other;
    }

    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    public Sent last() {
        return sent.getLast();
    }

    /// Where the messages went, in order.
    public List<String> destinations() {
        return sent.stream().map(Sent::to).toList();
    }

    @Override
    public CompletableFuture<@Nullable Void> send(Parcel parcel, Patience patience) {
        var one = new Sent(parcel, patience, answers.apply(parcel));
        sent.add(one);
        journal.note("send " + one.to());
        return one.answer();
    }
}
