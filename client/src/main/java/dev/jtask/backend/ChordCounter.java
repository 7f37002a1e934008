package dev.jtask.backend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.flow.Plan;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Where the parts of chords are gathered.
public interface ChordCounter {

    /// One finished task of a chord's header.
    ///
    /// @param index its place among the results; null for the end
    /// @param result the return value, or the encoded exception
    record Part(String group, @Nullable Integer index, String taskId, String state, JsonNode result) {}

    /// Must complete before the last task of the header is sent.
    CompletableFuture<Void> begin(Plan.Chord chord);

    /// Adds a part, once for each task; the one who adds the last gets what came of it.
    CompletableFuture<Optional<Joined>> add(Part part);

    /// Forgets the parts of a chord whose body was sent.
    CompletableFuture<Void> end(String group);
}
