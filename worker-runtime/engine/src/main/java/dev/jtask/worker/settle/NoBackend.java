package dev.jtask.worker.settle;

import dev.jtask.protocol.result.ResultMessage;
import java.util.concurrent.CompletableFuture;

/// Results go nowhere.
public record NoBackend() implements ResultBackend {

    @Override
    public CompletableFuture<?> store(Addressee to, ResultMessage result) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<?> emit(Addressee to, ResultMessage piece) {
        return CompletableFuture.completedFuture(null);
    }
}
