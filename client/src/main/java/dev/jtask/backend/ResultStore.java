package dev.jtask.backend;

import java.util.concurrent.CompletableFuture;

/// A server on which results are kept, and what its clients and workers know there together. Connects on first use.
/// Nothing blocks and nothing is thrown: a future fails with a [StoreException]. What is asked while a connection is
/// lost waits until it is back; who cannot wait gives up by a time-out.
public record ResultStore(
        StoredResults results, StoredPieces pieces, ChordCounter chords, Claims claims, StoreServer server)
        implements AutoCloseable {

    /// Completes when the server answers; see [StoreServer#ping].
    public CompletableFuture<Void> ping() {
        return server.ping();
    }

    /// Completes when the server would keep a result now; see [StoreServer#writable].
    public CompletableFuture<Void> writable() {
        return server.writable();
    }

    /// Ends the connection; what still waits fails.
    @Override
    public void close() {
        server.close();
    }

    /// Its URI without credentials.
    @Override
    public String toString() {
        return server.toString();
    }
}
