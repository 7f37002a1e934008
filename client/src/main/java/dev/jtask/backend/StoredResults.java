package dev.jtask.backend;

import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The states and results of tasks, by task id.
public interface StoredResults {

    /// Who hears of a task. Neither call may block.
    @FunctionalInterface
    interface Watcher {

        /// A state, which may be told twice.
        void told(ResultMessage result);

        /// The state that is there as the watch begins, or begins again after a loss; it may be of long before.
        default void found(ResultMessage result) {
            told(result);
        }

        /// What is kept as the task's result is none, and no other will come.
        default void unreadable(StoreRefusedException why) {}
    }

    /// Stores a state and tells those who watch the task. A success stays: a task that runs twice does not take its
    /// result back.
    ///
    /// @param now when the task ended, if it has
    CompletableFuture<Void> store(StoredResult result, Instant now);

    /// Those that are there.
    CompletableFuture<Map<String, ResultMessage>> read(List<String> ids);

    /// Tells of each state from now on, and of the one that is there already; after a loss of the connection of the
    /// latest again. A second call for a task replaces the first.
    ///
    /// @return completes once no state can be missed any more; fails when the server refuses
    CompletableFuture<Void> watch(String taskId, Watcher watcher);

    /// Tells no more of the task.
    void leave(String taskId);
}
