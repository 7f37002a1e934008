package dev.jtask.worker.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.DecodeResult;
import dev.jtask.protocol.RemoteError;
import dev.jtask.protocol.TaskCodec;
import dev.jtask.protocol.TaskMessage;
import dev.jtask.protocol.TypedJson;
import dev.jtask.worker.RetryException;
import dev.jtask.worker.TaskContext;
import dev.jtask.worker.registry.BadArgumentsException;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import dev.jtask.worker.retry.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decodes a delivery, runs its task and says how it ended. Whatever a message or a task does, the answer is an
/// [Outcome].
public final class TaskRunner {

    private final TaskRegistry registry;
    private final Clock clock;
    private final RandomGenerator random;
    private final BooleanSupplier stopping;

    /// @param stopping whether running tasks are being interrupted because the worker stops
    public TaskRunner(TaskRegistry registry, Clock clock, RandomGenerator random, BooleanSupplier stopping) {
        this.registry = registry;
        this.clock = clock;
        this.random = random;
        this.stopping = stopping;
    }

    public Execution run(Received received) {
        var decoded = TaskCodec.decode(received.message());
        return switch (decoded) {
            case DecodeResult.Malformed malformed -> new Execution(decoded, null, refused(malformed.reason()));
            case DecodeResult.Decoded(var message) -> {
                var definition = registry.find(message.task());
                yield definition == null
                        ? new Execution(decoded, null, unknown(message))
                        : new Execution(decoded, definition, outcome(definition, message, received));
            }
        };
    }

    private static Outcome refused(String reason) {
        return new Outcome.Refused(reason, RemoteError.celery("InvalidTaskError", reason), null);
    }

    private Outcome unknown(TaskMessage message) {
        return new Outcome.Refused(
                "task '%s' is not registered here; this worker has %s".formatted(message.task(), registry.names()),
                RemoteError.celery("NotRegistered", message.task()),
                null);
    }

    private Outcome outcome(TaskDefinition definition, TaskMessage message, Received received) {
        var now = clock.instant();
        var expires = message.expires();
        if (expires != null && expires.isBefore(now)) {
            return new Outcome.Revoked("expired");
        }
        var eta = message.eta();
        if (eta != null && eta.isAfter(now)) {
            return new Outcome.Postponed(Duration.between(now, eta));
        }
        var unsupported = FollowUps.unsupported(message.embed());
        if (unsupported != null) {
            return refused(unsupported);
        }
        var context = TaskContext.of(message, received.queue(), received.redelivered());
        return call(definition, message, context);
    }

    private Outcome call(TaskDefinition definition, TaskMessage message, TaskContext context) {
        try {
            var result = TaskContext.within(
                    context, () -> definition.body().call(message.args(), message.kwargs(), context));
            return new Outcome.Succeeded(json(result));
        } catch (BadArgumentsException e) {
            var reason = "%s() %s".formatted(message.task(), e.getMessage());
            return new Outcome.Refused(reason, new RemoteError("TypeError", List.of(reason), "builtins"), null);
        } catch (RetryException e) {
            return retry(definition.retries(), message, e.getCause() == null ? e : e.getCause(), e.delay());
        } catch (Exception | LinkageError | StackOverflowError | AssertionError thrown) {
            // the boundary: one task's failure is a value, the loop goes on
            return failed(definition.retries(), message, thrown);
        }
    }

    private Outcome failed(RetryPolicy policy, TaskMessage message, Throwable thrown) {
        if (stopping.getAsBoolean()
                && (thrown instanceof InterruptedException
                        || Thread.currentThread().isInterrupted())) {
            return new Outcome.Requeued();
        }
        return policy.covers(thrown)
                ? retry(policy, message, thrown, policy.backoff().delay(message.retries(), random.nextDouble()))
                : new Outcome.Failed(RemoteError.of(thrown), Tracebacks.of(thrown));
    }

    private static Outcome retry(RetryPolicy policy, TaskMessage message, Throwable cause, Duration delay) {
        return policy.allows(message.retries())
                ? new Outcome.Retried(delay, RemoteError.of(cause), Tracebacks.of(cause))
                : new Outcome.Failed(RemoteError.of(cause), Tracebacks.of(cause));
    }

    private static JsonNode json(@Nullable Object result) throws Exception {
        if (result instanceof CompletionStage<?> stage) {
            try {
                return json(stage.toCompletableFuture().get());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
        JsonNode json = TypedJson.mapper().valueToTree(result);
        return json == null ? NullNode.instance : json;
    }
}
