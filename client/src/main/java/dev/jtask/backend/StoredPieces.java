package dev.jtask.backend;

import dev.jtask.protocol.result.ResultMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What tasks emit while they run, by task id and in the order in which it came. Kept as long as results are,
/// and of each task no more than [#MOST]: the oldest go first.
public interface StoredPieces {

    /// So many of a task are kept.
    int MOST = 10_000;

    /// Where a reader begins.
    String START = "";

    /// One that is kept.
    ///
    /// @param position where a reader that has it goes on
    record Kept(String position, ResultMessage piece) {}

    /// Adds a piece, and signals it to those who watch the task's result. May come to be there twice when a
    /// connection is lost.
    CompletableFuture<Void> add(ResultMessage piece);

    /// The next ones after a position, not all at once; none when there are no more yet.
    CompletableFuture<List<Kept>> read(String taskId, String after);

    /// The position of the last one that is there; [#START] where there is none.
    CompletableFuture<String> end(String taskId);
}
