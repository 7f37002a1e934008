package dev.jtask.broker;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The way out of a process, as those see it who have something to send.
@FunctionalInterface
public interface Outgoing {

    /// Sends a message. Never blocks. The future completes once the broker has it and fails with a [PublishException]
    /// otherwise, on a thread that nobody may hold up.
    CompletableFuture<@Nullable Void> send(Parcel parcel, Patience patience);
}
