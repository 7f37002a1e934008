package dev.jtask.backend;

import java.util.concurrent.CompletableFuture;

/// The server behind a [ResultStore].
public interface StoreServer {

    /// Completes when the server answers, after connecting where there was no connection yet; fails saying why it does
    /// not.
    CompletableFuture<Void> ping();

    /// Completes when the server would keep a result now; fails saying why not. A replica would not, though it
    /// answers. The same as [#ping()] where whoever answers also keeps.
    default CompletableFuture<Void> writable() {
        return ping();
    }

    /// Ends the connection; what still waits fails. A second call does nothing.
    void close();

    /// Its URI without credentials.
    @Override
    String toString();
}
