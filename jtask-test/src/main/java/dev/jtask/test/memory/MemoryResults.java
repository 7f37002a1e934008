package dev.jtask.test.memory;

import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoredResults;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.protocol.result.TaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Results by id, each through its JSON as on a server.
final class MemoryResults implements StoredResults {

    private final Map<String, ResultMessage> kept = new ConcurrentHashMap<>();
    private final Map<String, Watcher> watches = new ConcurrentHashMap<>();

    @Override
    public CompletableFuture<Void> store(StoredResult result, Instant now) {
        ResultMessage read;
        try {
            read = StoredResult.read(result.json(now));
        } catch (IOException | UncheckedIOException e) {
            return CompletableFuture.failedFuture(new StoreRefusedException(String.valueOf(e.getMessage()), e));
        }
        var id = read.taskId();
        var stands =
                kept.merge(id, read, (before, after) -> before.status().equals(TaskState.SUCCESS) ? before : after);
        if (stands.equals(read)) {
            tell(read);
        }
        return CompletableFuture.allOf();
    }

    @Override
    public CompletableFuture<Map<String, ResultMessage>> read(List<String> ids) {
        var found = new HashMap<String, ResultMessage>();
        for (var id : ids) {
            var result = kept.get(id);
            if (result != null) {
                found.put(id, result);
            }
        }
        return CompletableFuture.completedFuture(found);
    }

    @Override
    public CompletableFuture<Void> watch(String taskId, Watcher watcher) {
        watches.put(taskId, watcher);
        var known = kept.get(taskId);
        if (known != null) {
            watcher.found(known);
        }
        return CompletableFuture.allOf();
    }

    @Override
    public void leave(String taskId) {
        watches.remove(taskId);
    }

    void tell(ResultMessage result) {
        var watch = watches.get(result.taskId());
        if (watch != null) {
            watch.told(result);
        }
    }
}
