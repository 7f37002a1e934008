package dev.jtask.worker.fakes;

import dev.jtask.backend.StoredPieces;
import dev.jtask.protocol.result.ResultMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what is emitted; nobody reads.
public final class FakePieces implements StoredPieces {

    private final List<ResultMessage> kept = new CopyOnWriteArrayList<>();

    public List<ResultMessage> kept() {
        return List.copyOf(kept);
    }

    @Override
    public CompletableFuture<Void> add(ResultMessage piece) {
        kept.add(piece);
        return CompletableFuture.allOf();
    }

    @Override
    public CompletableFuture<List<Kept>> read(String taskId, String after) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<String> end(String taskId) {
        return CompletableFuture.completedFuture(START);
    }
}
