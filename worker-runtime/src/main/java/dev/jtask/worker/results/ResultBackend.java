package dev.jtask.worker.results;

import dev.jtask.protocol.ResultMessage;
import java.util.concurrent.CompletableFuture;

/// Where results go.
public interface ResultBackend extends AutoCloseable {

    /// Stores a state; the future completes when it is surely stored, and fails when it may not be.
    CompletableFuture<Void> store(Addressee to, ResultMessage result);

    @Override
    void close();
}
