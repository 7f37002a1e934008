package dev.jtask.worker.results;

import dev.jtask.protocol.result.ResultMessage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Where results go.
public interface ResultBackend extends AutoCloseable {

    /// Stores a state; the future completes when it is surely stored, and fails when it may not be.
    CompletableFuture<Void> store(Addressee to, ResultMessage result);

    /// Where chords are counted, if this backend can.
    default Optional<ChordCounter> chords() {
        return Optional.empty();
    }

    @Override
    void close();
}
