package dev.jtask.client.result;

import dev.jtask.backend.StoredPieces;
import dev.jtask.protocol.result.ResultMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// A way by which results come to those who are [Waiting].
sealed interface ReplySource permits ReplyQueue, StoreReplies {

    /// What goes with each task, so that its worker knows where to answer.
    String address();

    /// What earlier tasks with the id of one have left.
    ///
    /// @param isEnd of a result that is found
    /// @param pieces behind which its own begin
    record Past(Predicate<ResultMessage> isEnd, String pieces) {

        static final Past NONE = new Past(result -> false, StoredPieces.START);
    }

    /// What was there of a task before it is sent, and so is not its own. Waits.
    default Past past(String taskId, Duration patience) {
        return Past.NONE;
    }

    /// Called before the task is sent; fails when no result of it can come.
    ///
    /// @param isPast of what is found rather than told
    CompletableFuture<Void> watch(String taskId, Predicate<ResultMessage> isPast);

    /// As [#watch], of a task that anybody may have sent: what is known of it has been told when this completes.
    ///
    /// @throws UnsupportedOperationException where results go to their senders only
    CompletableFuture<Void> find(String taskId);

    /// Nobody waits for the task any more.
    void leave(String taskId);

    void close();
}
