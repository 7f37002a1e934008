package dev.jtask.client.result;

import dev.jtask.backend.ResultStore;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoredPieces;
import dev.jtask.backend.StoredResults;
import dev.jtask.protocol.result.EmittedPiece;
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
        return watch(new Hearing(taskId, isPast));
    }

    @Override
    public CompletableFuture<Void> find(String taskId) {
        var hearing = new Hearing(taskId, result -> false);
        return watch(hearing)
                .thenCompose(watched -> store.results().read(List.of(taskId)))
                .thenAccept(known -> known.values().forEach(hearing::read));
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

    private CompletableFuture<Void> watch(Hearing hearing) {
        return store.results().watch(hearing.taskId, hearing);
    }

    /// How a state comes.
    private enum By {
        BEING_TOLD,
        THE_WATCH,
        ASKING
    }

    /// What comes of one task.
    private final class Hearing implements StoredResults.Watcher {

        private final String taskId;
        private final Predicate<ResultMessage> isPast;
        private boolean told;

        Hearing(String taskId, Predicate<ResultMessage> isPast) {
            this.taskId = taskId;
            this.isPast = isPast;
        }

        @Override
        public void told(ResultMessage result) {
            hear(result, By.BEING_TOLD);
        }

        @Override
        public void found(ResultMessage result) {
            hear(result, By.THE_WATCH);
        }

        /// @param result that was asked for since the watch began
        void read(ResultMessage result) {
            hear(result, By.ASKING);
        }

        @Override
        public void unreadable(StoreRefusedException why) {
            waiting.abandon(taskId, Waiting.UNREADABLE, why);
            leave(taskId);
        }

        private void hear(ResultMessage result, By by) {
            if (report(result, by) && TaskState.isReady(result.status())) {
                leave(taskId);
            }
        }

        private synchronized boolean report(ResultMessage result, By by) {
            boolean counts = switch (by) {
                case BEING_TOLD -> true;
                case THE_WATCH -> !isPast.test(result);
                // what was told meanwhile is newer, or is told as well; an end counts in any case
                case ASKING -> !told || TaskState.isReady(result.status());
            };
            told |= by == By.BEING_TOLD && !result.status().equals(EmittedPiece.STATE);
            if (counts) {
                waiting.report(result, seal);
            }
            return counts;
        }
    }
}
