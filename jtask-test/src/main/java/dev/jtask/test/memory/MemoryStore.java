package dev.jtask.test.memory;

import dev.jtask.backend.ResultStore;
import dev.jtask.backend.StoreServer;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/// Stands for the server of results that are kept.
final class MemoryStore implements StoreServer {

    private MemoryStore() {}

    static ResultStore open(Clock clock) {
        var results = new MemoryResults();
        return new ResultStore(
                results, new MemoryPieces(results), new MemoryChords(), new MemoryClaims(clock), new MemoryStore());
    }

    @Override
    public CompletableFuture<Void> ping() {
        return CompletableFuture.allOf();
    }

    @Override
    public void close() {
        // it is gone with the test
    }

    @Override
    public String toString() {
        return "the test's memory";
    }
}
