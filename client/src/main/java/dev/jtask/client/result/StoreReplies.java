package dev.jtask.client.result;

import dev.jtask.backend.ResultStore;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoredResults;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.seal.ValueSeal;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Results that workers leave on a server: each task is watched until it has ended.
final class StoreReplies implements ReplySource {

    private final String address = UUID.randomUUID().toString();
    private final ResultStore store;
    private final Waiting waiting;
    private final ValueSeal seal;

    StoreReplies(ResultStore store, Waiting waiting, ValueSeal seal) {
        this.store = store;
        this.waiting = waiting;
        this.seal = seal;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public CompletableFuture<Void> watch(String taskId) {
        return store.results().watch(taskId, new StoredResults.Watcher() {
            @Override
            public void told(ResultMessage result) {
                hear(result);
            }

            @Override
            public void unreadable(StoreRefusedException why) {
                waiting.abandon(taskId, Waiting.UNREADABLE, why);
                leave(taskId);
            }
        });
    }

    @Override
    public CompletableFuture<Void> find(String taskId) {
        return watch(taskId)
                .thenCompose(watched -> store.results().read(List.of(taskId)))
                .thenAccept(known -> known.values().forEach(this::hear));
    }

    @Override
    public void leave(String taskId) {
        store.results().leave(taskId);
    }

    @Override
    public void close() {
        store.close();
    }

    private void hear(ResultMessage result) {
        if (waiting.report(result, seal) && TaskState.isReady(result.status())) {
            leave(result.taskId());
        }
    }
}
