package dev.jtask.client.result;

import dev.jtask.protocol.result.ResultMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// A way by which results come to those who are [Waiting].
sealed interface ReplySource permits ReplyQueue, StoreReplies {

    /// What goes with each task, so that its worker knows where to answer.
    String address();

    /// What of a task was there before it is sent: ends of earlier ones with its id, which are not its own. Waits.
    default Predicate<ResultMessage> past(String taskId, Duration patience) {
        return result -> false;
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
