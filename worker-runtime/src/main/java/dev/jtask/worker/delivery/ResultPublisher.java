package dev.jtask.worker.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.Publisher;
import dev.jtask.client.UnroutableException;
import dev.jtask.protocol.DecodeResult.Malformed;
import dev.jtask.protocol.RemoteError;
import dev.jtask.protocol.ResultCodec;
import dev.jtask.protocol.ResultMessage;
import dev.jtask.protocol.TaskMessage;
import dev.jtask.protocol.TaskState;
import dev.jtask.worker.WorkerMetrics;
import dev.jtask.worker.WorkerOptions.Results;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Tells the sender how its task went, on the reply queue that the message names (Celery's `rpc://` backend).
final class ResultPublisher {

    private final Publisher publisher;
    private final Results backend;
    private final WorkerMetrics metrics;

    ResultPublisher(Publisher publisher, Results backend, WorkerMetrics metrics) {
        this.publisher = publisher;
        this.backend = backend;
        this.metrics = metrics;
    }

    CompletableFuture<Void> success(TaskMessage task, JsonNode value, boolean definedIgnores) {
        return report(task, ResultMessage.success(task.id(), value), definedIgnores);
    }

    CompletableFuture<Void> failure(
            TaskMessage task, RemoteError error, @Nullable String traceback, boolean definedIgnores) {
        return CompletableFuture.allOf(
                report(task, ResultMessage.error(task.id(), TaskState.FAILURE, error, traceback), definedIgnores),
                chainFailures(task, error, traceback));
    }

    CompletableFuture<Void> retry(TaskMessage task, RemoteError cause, String traceback, boolean definedIgnores) {
        return report(task, ResultMessage.error(task.id(), TaskState.RETRY, cause, traceback), definedIgnores);
    }

    CompletableFuture<Void> revoked(TaskMessage task, String reason, boolean definedIgnores) {
        var error = RemoteError.celery("TaskRevokedError", reason);
        return report(task, ResultMessage.error(task.id(), TaskState.REVOKED, error, null), definedIgnores);
    }

    /// Answers a message that is no task, where it says to whom.
    CompletableFuture<Void> malformed(Malformed message, RemoteError error) {
        var id = message.id() == null ? message.correlationId() : message.id();
        var replyTo = message.replyTo();
        if (id == null || id.isEmpty() || replyTo == null || replyTo.isEmpty() || backend == Results.DISABLED) {
            return done();
        }
        var correlationId = message.correlationId() == null ? id : message.correlationId();
        return publish(replyTo, ResultMessage.error(id, TaskState.FAILURE, error, null), correlationId);
    }

    private CompletableFuture<Void> report(TaskMessage task, ResultMessage result, boolean definedIgnores) {
        var ignored = task.ignoreResult() == null ? definedIgnores : task.ignoreResult();
        return ignored || task.replyTo().isEmpty() || backend == Results.DISABLED
                ? done()
                : publish(task.replyTo(), result, task.correlationId());
    }

    /// The rest of a chain will never run: whoever waits for one of its tasks is told the same failure.
    private CompletableFuture<Void> chainFailures(TaskMessage task, RemoteError error, @Nullable String traceback) {
        var told = done();
        for (var signature : task.embed().chain()) {
            var options = signature.path("options");
            if (options.hasNonNull("task_id") && options.hasNonNull("reply_to") && backend == Results.RPC) {
                var id = options.get("task_id").asText();
                var result = ResultMessage.error(id, TaskState.FAILURE, error, traceback);
                told = CompletableFuture.allOf(
                        told, publish(options.get("reply_to").asText(), result, id));
            }
        }
        return told;
    }

    private CompletableFuture<Void> publish(String replyTo, ResultMessage result, String correlationId) {
        return publisher
                .publish("", replyTo, ResultCodec.encode(result, correlationId))
                .exceptionally(failure -> {
                    if (failure instanceof UnroutableException) {
                        // the sender is gone and so is its queue: nobody is left to tell
                        metrics.resultUnroutable();
                        return null;
                    }
                    throw failure instanceof RuntimeException cause ? cause : new CompletionException(failure);
                });
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
