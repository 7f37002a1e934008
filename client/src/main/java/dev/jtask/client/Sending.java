package dev.jtask.client;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.PublishException;
import dev.jtask.client.result.Replies;
import dev.jtask.client.result.TaskHandle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is on its way to the broker, or waits for the commit of a transaction.
///
/// @param handle of what is sent
/// @param done completes once the broker has it
/// @param deferred whether it waits, so that whoever sends must not wait for it
record Sending<H>(H handle, CompletableFuture<H> done, boolean deferred) {

    /// @param awaited its tasks whose results somebody may wait for
    /// @param replies told of these when they will never be sent
    /// @param usual the way out unless the transaction has one of its own
    static <H> Sending<H> of(
            H handle,
            List<? extends TaskHandle<?>> awaited,
            Replies replies,
            AfterCommit transactions,
            Outgoing usual,
            Function<Outgoing, CompletableFuture<H>> publish) {
        var done = new CompletableFuture<H>();
        var send = new AfterCommit.Send() {
            @Override
            public CompletableFuture<?> send() {
                depart(awaited, replies);
                return publish.apply(usual).whenComplete((sent, failure) -> end(done, handle, failure));
            }

            @Override
            public CompletableFuture<?> send(Outgoing way) {
                // kept with the transaction's data, so that nobody may wait for it before the way says that it is gone
                return publish.apply(way).whenComplete((sent, failure) -> {
                    depart(awaited, replies);
                    end(done, handle, failure);
                });
            }

            @Override
            public void drop() {
                var cause = new IllegalStateException(
                        "%s was not sent: the transaction that sent it was rolled back".formatted(handle));
                abandon(awaited, replies, cause);
                done.completeExceptionally(cause);
            }
        };
        // first, since the transaction may end on another thread
        awaited.forEach(replies::defer);
        if (joined(transactions, send, awaited, replies)) {
            return new Sending<>(handle, done, true);
        }
        depart(awaited, replies);
        return new Sending<>(handle, publish.apply(usual), false);
    }

    /// The handle, once the broker has it or the transaction is to decide.
    ///
    /// @throws PublishException as the broker's answer
    H await(String target) {
        return deferred ? handle : PublishException.await(target, done);
    }

    private static boolean joined(
            AfterCommit transactions, AfterCommit.Send send, List<? extends TaskHandle<?>> awaited, Replies replies) {
        try {
            return transactions.join(send);
        } catch (RuntimeException e) {
            abandon(awaited, replies, e);
            throw e;
        }
    }

    /// They will never be sent.
    private static void abandon(List<? extends TaskHandle<?>> awaited, Replies replies, RuntimeException cause) {
        depart(awaited, replies);
        awaited.forEach(each -> replies.abandon(each, cause));
    }

    private static void depart(List<? extends TaskHandle<?>> awaited, Replies replies) {
        awaited.forEach(replies::depart);
    }

    private static <H> void end(CompletableFuture<H> done, H handle, @Nullable Throwable failure) {
        if (failure == null) {
            done.complete(handle);
        } else {
            done.completeExceptionally(failure);
        }
    }
}
