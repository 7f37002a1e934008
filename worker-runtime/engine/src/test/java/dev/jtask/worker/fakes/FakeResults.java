package dev.jtask.worker.fakes;

import dev.jtask.backend.StoredResults;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what is stored, and when; nobody watches.
public final class FakeResults implements StoredResults {

    /// One result with the time it was stored.
    public record Kept(StoredResult result, Instant at) {}

    private final List<Kept> kept = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> answer;
    private volatile CompletableFuture<Map<String, ResultMessage>> found = CompletableFuture.completedFuture(Map.of());

    /// @param answer what becomes of each
    public FakeResults(CompletableFuture<Void> answer) {
        this.answer = answer;
    }

    /// What is answered to whoever reads.
    public void reading(CompletableFuture<Map<String, ResultMessage>> other) {
        found = other;
    }

    public List<Kept> kept() {
        return List.copyOf(kept);
    }

    @Override
    public CompletableFuture<Void> store(StoredResult result, Instant now) {
        kept.add(new Kept(result, now));
        return answer;
    }

    @Override
    public CompletableFuture<Map<String, ResultMessage>> read(List<String> ids) {
        return found;
    }

    @Override
    public CompletableFuture<Void> watch(String taskId, Watcher watcher) {
        return answer;
    }

    @Override
    public void leave(String taskId) {}
}
