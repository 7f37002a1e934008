package dev.jtask.worker.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.task.IgnoreException;
import dev.jtask.task.RejectException;
import dev.jtask.task.RetryException;
import dev.jtask.task.TaskContext;
import dev.jtask.worker.registry.BadArgumentsException;
import dev.jtask.worker.registry.RetryPolicy;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The innermost step: calls the task's code and says how it ended. Whatever the code throws, the answer is an outcome.
final class Call {

    private final Invocation invocation;
    private final TaskContext context;
    private final RandomGenerator random;

    Call(Invocation invocation, TaskContext context, RandomGenerator random) {
        this.invocation = invocation;
        this.context = context;
        this.random = random;
    }

    Outcome run() {
        var message = invocation.message();
        try {
            invocation.attempt().enter();
            var result = TaskContext.within(
                    context, () -> invocation.definition().call(message.args(), message.kwargs(), context));
            return new Outcome.Succeeded(json(result));
        } catch (BadArgumentsException e) {
            var reason = "%s() %s".formatted(message.task(), e.getMessage());
            return new Outcome.Refused(
                    reason, new RemoteError("TypeError", List.of(reason), "builtins"), Outcome.Refused.PLAIN);
        } catch (RetryException e) {
            return retry(e);
        } catch (RejectException e) {
            return rejected(e);
        } catch (IgnoreException e) {
            return new Outcome.Ignored();
        } catch (Exception | LinkageError | StackOverflowError | AssertionError | OutOfMemoryError thrown) {
            // the boundary: one task's failure is a value, the loop goes on
            return interrupted(thrown) ? stopped(thrown) : failed(thrown);
        } finally {
            invocation.attempt().leave();
            // what follows writes to the broker, and an interrupted write closes the connection
            var _ = Thread.interrupted();
        }
    }

    private Outcome stopped(Throwable thrown) {
        return switch (invocation.attempt().cause()) {
            case SOFT_TIME_LIMIT ->
                new Outcome.Failed(
                        new RemoteError("SoftTimeLimitExceeded", List.of(), "billiard.exceptions"),
                        Tracebacks.of(thrown),
                        Outcome.Failed.Kind.UNEXPECTED);
            case REVOKED -> new Outcome.Revoked(Outcome.Revoked.TERMINATED);
            case WORKER_STOPS -> new Outcome.Requeued();
            case TIME_LIMIT -> failed(thrown);
            case null -> failed(thrown);
        };
    }

    private Outcome failed(Throwable thrown) {
        var policy = policy();
        if (policy.covers(thrown)) {
            return retry(policy, thrown, delay(policy));
        }
        var kind = invocation.definition().options().expects(thrown)
                ? Outcome.Failed.Kind.EXPECTED
                : Outcome.Failed.Kind.UNEXPECTED;
        return new Outcome.Failed(RemoteError.of(thrown), Tracebacks.of(thrown), kind);
    }

    private Outcome retry(RetryException asked) {
        var maximum = asked.maxRetries();
        var policy = maximum == null ? policy() : policy().withMaxRetries(maximum);
        var delay = asked.delay();
        return retry(
                policy, asked.getCause() == null ? asked : asked.getCause(), delay == null ? delay(policy) : delay);
    }

    private Outcome retry(RetryPolicy policy, Throwable cause, Duration delay) {
        if (policy.allows(invocation.message().retries())) {
            return new Outcome.Retried(delay, RemoteError.of(cause), Tracebacks.of(cause));
        }
        var error = cause instanceof RetryException
                ? RemoteError.celery(
                        "MaxRetriesExceededError",
                        "Can't retry %s[%s] args:%s kwargs:%s"
                                .formatted(
                                        invocation.message().task(),
                                        invocation.message().id(),
                                        invocation.message().argsRepr(),
                                        invocation.message().kwargsRepr()))
                : RemoteError.of(cause);
        return new Outcome.Failed(error, Tracebacks.of(cause), Outcome.Failed.Kind.UNEXPECTED);
    }

    private static Outcome rejected(RejectException e) {
        var reason = String.valueOf(e.getMessage());
        return switch (e.then()) {
            case REQUEUE -> new Outcome.Requeued();
            case DEAD_LETTER ->
                new Outcome.Refused(reason, RemoteError.celery("Reject", reason), Outcome.Refused.PLAIN);
        };
    }

    private RetryPolicy policy() {
        return invocation.definition().options().retries();
    }

    private Duration delay(RetryPolicy policy) {
        return policy.backoff().delay(invocation.message().retries(), random.nextDouble());
    }

    private boolean interrupted(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof InterruptedException || each instanceof ClosedByInterruptException) {
                return true;
            }
        }
        return invocation.attempt().cause() != null && Thread.currentThread().isInterrupted();
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
