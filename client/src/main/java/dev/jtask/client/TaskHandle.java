package dev.jtask.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.jtask.protocol.ResultMessage;
import dev.jtask.protocol.TaskState;
import dev.jtask.protocol.TypedJson;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A task that was sent: its id, its state and, once there, its result. Safe for any thread.
///
/// @param <T> what the result is converted to
public final class TaskHandle<T> {

    private final String id;
    private final String queue;
    private final Class<T> type;
    private final CompletableFuture<ResultMessage> outcome = new CompletableFuture<>();
    private volatile @Nullable ResultMessage latest;

    TaskHandle(String id, String queue, Class<T> type) {
        this.id = id;
        this.queue = queue;
        this.type = type;
    }

    public String id() {
        return id;
    }

    /// The last state that a worker reported: one of [TaskState]'s names or the task's own; PENDING before any report.
    public String status() {
        var seen = latest;
        return seen == null ? TaskState.PENDING : seen.status();
    }

    /// Waits for the end of the task, success or not.
    ///
    /// @return false when the time is over first
    public boolean await(Duration timeout) {
        try {
            return end(timeout) != null;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /// Waits for the result.
    ///
    /// @throws TaskFailedException when the task failed or was revoked
    /// @throws TaskTimeoutException when the time is over first; the handle stays good
    public T get(Duration timeout) {
        try {
            return value(end(timeout));
        } catch (TimeoutException e) {
            throw new TaskTimeoutException(id, queue, status(), timeout);
        }
    }

    /// The result as a future; it fails with [TaskFailedException].
    public CompletableFuture<T> toCompletableFuture() {
        return outcome.thenApply(this::value);
    }

    void report(ResultMessage message) {
        latest = message;
        if (TaskState.isReady(message.status())) {
            outcome.complete(message);
        }
    }

    void abandon(RuntimeException cause) {
        outcome.completeExceptionally(cause);
    }

    private ResultMessage end(Duration timeout) throws TimeoutException {
        try {
            return outcome.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for task " + id, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private T value(ResultMessage message) {
        if (!message.status().equals(TaskState.SUCCESS)) {
            throw new TaskFailedException(message);
        }
        try {
            return TypedJson.mapper().treeToValue(message.result(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the result of task %s is no %s: %s".formatted(id, type.getSimpleName(), e.getOriginalMessage()),
                    e);
        }
    }
}
