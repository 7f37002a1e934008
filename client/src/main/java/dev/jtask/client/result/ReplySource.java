package dev.jtask.client.result;

import java.util.concurrent.CompletableFuture;

/// A way by which results come to those who are [Waiting].
sealed interface ReplySource permits ReplyQueue, StoreReplies {

    /// What goes with each task, so that its worker knows where to answer.
    String address();

    /// Called before the task is sent; fails when no result of it can come.
    CompletableFuture<Void> watch(String taskId);

    /// As [#watch], of a task that anybody may have sent: what is known of it has been told when this completes.
    ///
    /// @throws UnsupportedOperationException where results go to their senders only
    CompletableFuture<Void> find(String taskId);

    /// Nobody waits for the task any more.
    void leave(String taskId);

    void close();
}
