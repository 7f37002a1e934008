package dev.jtask.worker.run;

import dev.jtask.protocol.result.ResultMessage;
import java.util.concurrent.CompletableFuture;

/// Where the pieces of running tasks go.
@FunctionalInterface
public interface Emitter {

    /// Completes once the piece is where its reader finds it. Never blocks.
    CompletableFuture<?> emit(Job job, ResultMessage piece);
}
