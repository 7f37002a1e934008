package dev.jtask.backend;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What workers know together of idempotency keys.
public interface Claims {

    /// One run that has a key, or wants it.
    ///
    /// @param owner of this run alone; a change by anyone else has no effect
    record Holder(String task, String key, String taskId, String owner) {}

    /// The answer to a run that wants the key.
    sealed interface Answer {
        /// The key is the run's now.
        record Granted() implements Answer {}

        /// Another run has it, which began at this time.
        record Taken(Instant since) implements Answer {}

        /// A run has ended well.
        ///
        /// @param value what it returned; null when it told nobody
        record Ended(@Nullable JsonNode value) implements Answer {}
    }

    /// What becomes of a key that a run has.
    sealed interface Change {
        /// The run goes on; without another word within the lease it is taken for dead.
        record Running(Duration lease) implements Change {}

        /// The same task will try again within the time.
        record Waiting(Duration time) implements Change {}

        /// The run has ended well; kept for the window.
        record Ended(@Nullable JsonNode value, Duration window) implements Change {}

        /// The next one may have the key.
        record Free() implements Change {}
    }

    /// Asks for the key; whoever has it already gets it again.
    CompletableFuture<Answer> claim(Holder wants, Duration lease, Instant now);

    /// Fails with a [StoreRefusedException] when the value of an end cannot be written.
    CompletableFuture<Void> change(Holder has, Change change);
}
