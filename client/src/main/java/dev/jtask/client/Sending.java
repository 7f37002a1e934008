package dev.jtask.client;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.PublishException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is on its way to the broker, or waits for the commit of a transaction.
///
/// @param handle of what is sent
/// @param done completes once the broker has it
/// @param deferred whether it waits, so that whoever sends must not wait for it
record Sending<H>(H handle, CompletableFuture<H> done, boolean deferred) {

    /// @param failed told when it will never be sent
    static <H> Sending<H> of(
            H handle,
            AfterCommit transactions,
            Supplier<CompletableFuture<H>> publish,
            Consumer<RuntimeException> failed) {
        var done = new CompletableFuture<H>();
        var send = new AfterCommit.Send() {
            @Override
            public CompletableFuture<?> send() {
                return publish.get().whenComplete((sent, failure) -> end(done, handle, failure));
            }

            @Override
            public void drop() {
                var cause = new IllegalStateException(
                        "%s was not sent: the transaction that sent it was rolled back".formatted(handle));
                failed.accept(cause);
                done.completeExceptionally(cause);
            }
        };
        return transactions.join(send)
                ? new Sending<>(handle, done, true)
                : new Sending<>(handle, publish.get(), false);
    }

    /// The handle, once the broker has it or the transaction is to decide.
    ///
    /// @throws PublishException as the broker's answer
    H await(String target) {
        return deferred ? handle : PublishException.await(target, done);
    }

    private static <H> void end(CompletableFuture<H> done, H handle, @Nullable Throwable failure) {
        if (failure == null) {
            done.complete(handle);
        } else {
            done.completeExceptionally(failure);
        }
    }
}
