package dev.jtask.worker.settle;

import dev.jtask.protocol.result.ResultMessage;
import java.util.concurrent.CompletableFuture;

/// Where results go. Never blocks.
public interface ResultBackend {

    /// Completes when the state is surely stored, and fails when it may not be.
    CompletableFuture<?> store(Addressee to, ResultMessage result);

    /// Completes when a piece is where its reader finds it, and fails when it may not be.
    CompletableFuture<?> emit(Addressee to, ResultMessage piece);
}
