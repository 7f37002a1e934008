package dev.jtask.backend;

import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.protocol.result.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Results in this process; tells those who watch at once.
public final class FakeStoredResults implements StoredResults {

    private final Map<String, ResultMessage> stored = new ConcurrentHashMap<>();
    private final Map<String, Consumer<ResultMessage>> watchers = new ConcurrentHashMap<>();
    private Optional<StoreException> refusal = Optional.empty();
    private boolean slow;

    /// From now on it does nothing else.
    public void refuse(StoreException reason) {
        refusal = Optional.of(reason);
    }

    /// As a server that says that a channel is subscribed to before it says what the key holds.
    public void tellNothingAtFirst() {
        slow = true;
    }

    /// The tasks that somebody watches.
    public Set<String> watched() {
        return Set.copyOf(watchers.keySet());
    }

    @Override
    public CompletableFuture<Void> store(StoredResult result, Instant now) {
        var message = result.result();
        return done(() -> {
            var before = stored.get(message.taskId());
            if (before == null || !before.status().equals(TaskState.SUCCESS)) {
                stored.put(message.taskId(), message);
                Optional.ofNullable(watchers.get(message.taskId())).ifPresent(told -> told.accept(message));
            }
        });
    }

    @Override
    public CompletableFuture<Map<String, ResultMessage>> read(List<String> ids) {
        return done(() -> {})
                .thenApply(nothing -> ids.stream()
                        .filter(stored::containsKey)
                        .distinct()
                        .collect(Collectors.toMap(id -> id, stored::get)));
    }

    @Override
    public CompletableFuture<Void> watch(String taskId, Consumer<ResultMessage> told) {
        return done(() -> {
            watchers.put(taskId, told);
            Optional.ofNullable(slow ? null : stored.get(taskId)).ifPresent(told);
        });
    }

    @Override
    public void leave(String taskId) {
        watchers.remove(taskId);
    }

    private CompletableFuture<Void> done(Runnable action) {
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        action.run();
        return CompletableFuture.allOf();
    }
}
