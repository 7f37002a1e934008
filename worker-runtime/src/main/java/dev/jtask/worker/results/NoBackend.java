package dev.jtask.worker.results;

import dev.jtask.protocol.result.ResultMessage;
import java.util.concurrent.CompletableFuture;

/// Results are not wanted.
public final class NoBackend implements ResultBackend {

    @Override
    @SuppressWarnings("NullAway") // Void has no other value
    public CompletableFuture<Void> store(Addressee to, ResultMessage result) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
}
