package dev.jtask.client.result;

import dev.jtask.backend.ResultStore;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoredPieces;
import dev.jtask.backend.StoredResults;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.seal.ValueSeal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Results that workers leave on a server: each task is watched until it has ended.
final class StoreReplies implements ReplySource {

    private static final Logger LOG = LoggerFactory.getLogger(StoreReplies.class);

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

    /// A success is kept there and is the result of whatever has its id; a failure stays only until the next one.
    @Override
    public Past past(String taskId, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        var end = answer(taskId, store.results().read(List.of(taskId)), deadline)
                .orElse(Map.of())
                .get(taskId);
        if (end == null || !TaskState.isReady(end.status()) || end.status().equals(TaskState.SUCCESS)) {
            return Past.NONE;
        }
        return new Past(
                end::equals,
                answer(taskId, store.pieces().end(taskId), deadline).orElse(StoredPieces.START));
    }

    private static <T> Optional<T> answer(String taskId, CompletableFuture<T> asked, long deadline) {
        try {
            return Optional.of(asked.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("what there is of an earlier task {} is not known", taskId, e);
        }
        return Optional.empty();
    }

    @Override
    public CompletableFuture<Void> watch(String taskId, Predicate<ResultMessage> isPast) {
        return store.results().watch(taskId, new StoredResults.Watcher() {
            @Override
            public void told(ResultMessage result) {
                hear(result);
            }

            @Override
            public void found(ResultMessage result) {
                if (!isPast.test(result)) {
                    hear(result);
                }
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
        return watch(taskId, result -> false)
                .thenCompose(watched -> store.results().read(List.of(taskId)))
                .thenAccept(known -> known.values().forEach(this::hear));
    }

    /// Another handle of the task may have begun to wait since its last one ended, and its watch is the same one.
    @Override
    public void leave(String taskId) {
        waiting.unlessAwaited(taskId, () -> store.results().leave(taskId));
    }

    @Override
    public void close() {
        store.close();
    }

    private void hear(ResultMessage result) {
        waiting.report(result, seal);
        if (TaskState.isReady(result.status())) {
            leave(result.taskId());
        }
    }
}
