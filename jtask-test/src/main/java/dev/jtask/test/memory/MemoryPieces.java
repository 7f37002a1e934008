package dev.jtask.test.memory;

import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoredPieces;
import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// Pieces by task, each through its JSON as on a server.
final class MemoryPieces implements StoredPieces {

    private final MemoryResults results;
    private final Map<String, List<ResultMessage>> kept = new HashMap<>();

    /// @param results whose watchers hear of each piece
    MemoryPieces(MemoryResults results) {
        this.results = results;
    }

    @Override
    public CompletableFuture<Void> add(ResultMessage piece) {
        try {
            keep(StoredResult.read(new StoredResult(piece, null, null).json(Instant.EPOCH)));
        } catch (IOException | UncheckedIOException e) {
            return CompletableFuture.failedFuture(new StoreRefusedException(String.valueOf(e.getMessage()), e));
        }
        results.tell(EmittedPiece.signal(piece.taskId()));
        return CompletableFuture.allOf();
    }

    @Override
    public synchronized CompletableFuture<List<Kept>> read(String taskId, String after) {
        var all = kept.getOrDefault(taskId, List.of());
        int from = after.equals(START) ? 0 : Integer.parseInt(after) + 1;
        return CompletableFuture.completedFuture(IntStream.range(from, all.size())
                .mapToObj(i -> new Kept(Integer.toString(i), all.get(i)))
                .toList());
    }

    @Override
    public synchronized CompletableFuture<String> end(String taskId) {
        int size = kept.getOrDefault(taskId, List.of()).size();
        return CompletableFuture.completedFuture(size == 0 ? START : Integer.toString(size - 1));
    }

    private synchronized void keep(ResultMessage piece) {
        kept.computeIfAbsent(piece.taskId(), unknown -> new ArrayList<>()).add(piece);
    }
}
