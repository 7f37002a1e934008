package dev.jtask.backend;

import java.util.concurrent.CompletableFuture;

/// The server behind a [ResultStore].
public interface StoreServer {

    /// Completes when the server answers, after connecting where there was no connection yet; fails saying why it does
    /// not.
    CompletableFuture<Void> ping();

    /// Ends the connection; what still waits fails. A second call does nothing.
    void close();

    /// Its URI without credentials.
    @Override
    String toString();
}
