package dev.jtask.worker.results;

import dev.jtask.broker.Publisher;
import dev.jtask.broker.UnroutableException;
import dev.jtask.protocol.result.ResultCodec;
import dev.jtask.protocol.result.ResultMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Results are messages to the sender's reply queue, which the task names (Celery's `rpc://`).
public final class RpcBackend implements ResultBackend {

    private final Publisher publisher;
    private final Runnable unroutable;

    /// @param unroutable called when the reply queue is gone
    public RpcBackend(Publisher publisher, Runnable unroutable) {
        this.publisher = publisher;
        this.unroutable = unroutable;
    }

    @Override
    @SuppressWarnings("NullAway") // Void has no other value
    public CompletableFuture<Void> store(Addressee to, ResultMessage result) {
        if (to.replyTo().isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return publisher
                .publish("", to.replyTo(), ResultCodec.encode(result, to.correlationId()))
                .exceptionally(failure -> {
                    if (failure instanceof UnroutableException) {
                        // the sender is gone and so is its queue: nobody is left to tell
                        unroutable.run();
                        return null;
                    }
                    throw failure instanceof RuntimeException cause ? cause : new CompletionException(failure);
                });
    }

    @Override
    public void close() {}
}
