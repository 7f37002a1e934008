package dev.jtask.broker;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sends nothing, and answers as it was told: with a confirm at first.
final class RecordingOutgoing implements Outgoing {

    final List<Parcel> sent = new CopyOnWriteArrayList<>();
    private volatile Function<Parcel, CompletableFuture<@Nullable Void>> answer =
            parcel -> CompletableFuture.completedFuture(null);

    void answer(Function<Parcel, CompletableFuture<@Nullable Void>> other) {
        answer = other;
    }

    @Override
    public CompletableFuture<@Nullable Void> send(Parcel parcel, Patience patience) {
        sent.add(parcel);
        return answer.apply(parcel);
    }
}
