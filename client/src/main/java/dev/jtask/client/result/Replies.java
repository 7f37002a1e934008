package dev.jtask.client.result;

import dev.jtask.protocol.flow.Plan;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Where a client's results come from. Safe for any thread.
public sealed interface Replies extends AutoCloseable permits ReplyQueue, RedisReplies {

    /// Tells the workers how many parts a chord has.
    interface Chords {
        /// Completes once they know.
        CompletableFuture<?> begin(Plan.Chord chord);
    }

    /// The address that goes with each task.
    String address();

    /// Called before the task is sent.
    void expect(TaskHandle<?> handle);

    /// Nothing will come for it.
    void abandon(TaskHandle<?> handle, RuntimeException cause);

    /// Empty where the parts of a chord cannot be counted.
    Optional<Chords> chords();

    /// Fails all handles that still wait.
    @Override
    void close();
}
