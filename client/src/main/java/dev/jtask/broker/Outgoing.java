package dev.jtask.broker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The way out of a process, as those see it who have something to send.
@FunctionalInterface
public interface Outgoing {

    /// Sends a message. Never blocks. The future completes once the broker has it and fails with a [PublishException]
    /// otherwise, on a thread that nobody may hold up.
    CompletableFuture<@Nullable Void> send(Parcel parcel, Patience patience);

    /// Sends a message to a queue, to be there after a second or more. It waits in the broker; where that does not let
    /// us declare delays it goes to its queue at once, whose workers let it wait. Where nothing can wait for a
    /// queue of this name the future fails with a [PublishRefusedException].
    default CompletableFuture<@Nullable Void> sendAfter(Duration delay, Parcel parcel, Patience patience) {
        Parcel late;
        try {
            late = parcel.delayed(delay);
        } catch (PublishRefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
        var delayed = send(late, patience);
        return delayed.exceptionallyCompose(failure -> {
            var cause = Continuations.cause(failure);
            return cause instanceof PublishRefusedException || cause instanceof UnroutableException
                    ? send(parcel, patience)
                    : delayed;
        });
    }
}
