package dev.jtask.worker.run;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.Outgoing;
import dev.jtask.protocol.flow.Routed;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What a running task may have done for it; no call blocks.
public interface Errands {

    /// Tells the sender a state on the way. Of several that cannot go out at once the newest counts.
    void report(Job job, String state, @Nullable Object meta);

    /// Sends a task; completes once the broker has it.
    CompletableFuture<?> send(Routed message);

    /// The same by a transaction's own way out.
    CompletableFuture<?> sendBy(Outgoing way, Routed message);

    /// To which what a task sends belongs.
    AfterCommit transactions();
}
