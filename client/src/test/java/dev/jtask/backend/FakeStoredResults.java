package dev.jtask.backend;

import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import dev.jtask.protocol.result.TaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Results in this process; tells those who watch at once.
public final class FakeStoredResults implements StoredResults {

    private final Map<String, ResultMessage> stored = new ConcurrentHashMap<>();
    private final Map<String, Watcher> watchers = new ConcurrentHashMap<>();
    private Optional<StoreException> refusal = Optional.empty();
    private boolean slow;
    private boolean lost;
    private Runnable beforeNextAnswer = () -> {};

    /// From now on it does nothing else.
    public void refuse(StoreException reason) {
        refusal = Optional.of(reason);
    }

    /// As a server that says that a channel is subscribed to before it says what the key holds.
    public void tellNothingAtFirst() {
        slow = true;
    }

    /// Happens once something was read, and before who has asked hears of it.
    public void beforeTheNextAnswer(Runnable action) {
        beforeNextAnswer = action;
    }

    /// The connection on which it tells is lost, and then back: what is there by then is found.
    public void lost(boolean now) {
        lost = now;
        if (!now) {
            watchers.forEach(
                    (id, watcher) -> Optional.ofNullable(stored.get(id)).ifPresent(watcher::found));
        }
    }

    /// What is kept for the task is no result.
    public void spoil(String taskId) {
        Optional.ofNullable(watchers.get(taskId))
                .ifPresent(watcher -> watcher.unreadable(new StoreRefusedException("it is no JSON", null)));
    }

    /// Tells who watches the task, and keeps nothing.
    public void signal(ResultMessage message) {
        Optional.ofNullable(watchers.get(message.taskId())).ifPresent(watcher -> watcher.told(message));
    }

    /// The tasks that somebody watches.
    public Set<String> watched() {
        return Set.copyOf(watchers.keySet());
    }

    @Override
    public CompletableFuture<Void> store(StoredResult result, Instant now) {
        var message = read(result, now);
        return done(() -> {
            var before = stored.get(message.taskId());
            if (before == null || !before.status().equals(TaskState.SUCCESS)) {
                stored.put(message.taskId(), message);
                Optional.ofNullable(lost ? null : watchers.get(message.taskId()))
                        .ifPresent(watcher -> watcher.told(message));
            }
        });
    }

    @Override
    public CompletableFuture<Map<String, ResultMessage>> read(List<String> ids) {
        return done(() -> {}).thenApply(nothing -> {
            var found = ids.stream()
                    .filter(stored::containsKey)
                    .distinct()
                    .collect(Collectors.toMap(id -> id, stored::get));
            var meanwhile = beforeNextAnswer;
            beforeNextAnswer = () -> {};
            meanwhile.run();
            return found;
        });
    }

    @Override
    public CompletableFuture<Void> watch(String taskId, Watcher watcher) {
        return done(() -> {
            watchers.put(taskId, watcher);
            Optional.ofNullable(slow ? null : stored.get(taskId)).ifPresent(watcher::found);
        });
    }

    @Override
    public void leave(String taskId) {
        watchers.remove(taskId);
    }

    private static ResultMessage read(StoredResult result, Instant now) {
        try {
            return StoredResult.read(result.json(now));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletableFuture<Void> done(Runnable action) {
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        action.run();
        return CompletableFuture.allOf();
    }
}
