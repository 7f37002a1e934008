package dev.jtask.backend;

import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.seal.SealException;
import dev.jtask.seal.SealedResults;
import dev.jtask.seal.ValueSeal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Stored results that are read as they were before they were encrypted. They are stored as they are given, and
/// told as they are there.
public final class OpenedResults implements StoredResults {

    private final StoredResults stored;
    private final ValueSeal seal;

    public OpenedResults(StoredResults stored, ValueSeal seal) {
        this.stored = stored;
        this.seal = seal;
    }

    @Override
    public CompletableFuture<Void> store(StoredResult result, Instant now) {
        return stored.store(result, now);
    }

    @Override
    public CompletableFuture<Map<String, ResultMessage>> read(List<String> ids) {
        return stored.read(ids).thenApply(this::opened);
    }

    @Override
    public CompletableFuture<Void> watch(String taskId, Watcher watcher) {
        return stored.watch(taskId, watcher);
    }

    @Override
    public void leave(String taskId) {
        stored.leave(taskId);
    }

    private Map<String, ResultMessage> opened(Map<String, ResultMessage> found) {
        var opened = new LinkedHashMap<String, ResultMessage>();
        found.forEach((id, result) -> {
            try {
                opened.put(id, SealedResults.open(result, seal));
            } catch (SealException e) {
                throw new StoreRefusedException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
            }
        });
        return opened;
    }
}
