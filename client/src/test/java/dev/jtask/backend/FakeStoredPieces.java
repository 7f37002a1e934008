package dev.jtask.backend;

import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.ResultMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/// Pieces in this process, handed out by twos.
public final class FakeStoredPieces implements StoredPieces {

    private final FakeStoredResults results;
    private final List<ResultMessage> kept = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    FakeStoredPieces(FakeStoredResults results) {
        this.results = results;
    }

    /// Whether it answers nobody for a while.
    public void setAway(boolean value) {
        away = value;
    }

    @Override
    public CompletableFuture<Void> add(ResultMessage piece) {
        kept.add(piece);
        results.signal(EmittedPiece.signal(piece.taskId()));
        return CompletableFuture.allOf();
    }

    @Override
    public CompletableFuture<List<Kept>> read(String taskId, String after) {
        if (away) {
            return CompletableFuture.failedFuture(new StoreUnavailableException("the fake is away", null));
        }
        int from = after.equals(START) ? 0 : Integer.parseInt(after) + 1;
        return CompletableFuture.completedFuture(IntStream.range(from, kept.size())
                .filter(i -> kept.get(i).taskId().equals(taskId))
                .limit(2)
                .mapToObj(i -> new Kept(Integer.toString(i), kept.get(i)))
                .toList());
    }

    @Override
    public CompletableFuture<String> end(String taskId) {
        if (away) {
            return new CompletableFuture<>(); // says nothing
        }
        return CompletableFuture.completedFuture(kept.isEmpty() ? START : Integer.toString(kept.size() - 1));
    }
}
