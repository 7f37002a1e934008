package dev.jtask.worker.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.json.Bounds;
import dev.jtask.protocol.json.PyRepr;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.task.IgnoreException;
import dev.jtask.task.RejectException;
import dev.jtask.task.RetryException;
import dev.jtask.task.TaskContext;
import dev.jtask.worker.registry.BadArgumentsException;
import dev.jtask.worker.registry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The innermost step: calls the task's code and says how it ended. Whatever the code throws, the answer is an outcome.
final class Call {

    /// Of a message that its task acknowledged before its run, and wishes back.
    private static final String UNREPEATABLE =
            ": with ackEarly the message is acknowledged already; leave that away, or send it back from the dead letters";

    private final Job job;
    private final TaskContext context;
    private final RandomGenerator random;

    Call(Job job, TaskContext context, RandomGenerator random) {
        this.job = job;
        this.context = context;
        this.random = random;
    }

    /// A run that waits for a signal ends so, whatever is around it makes of the error that ends it.
    Outcome run() {
        var outcome = called();
        var later = job.end();
        return later == null || isToStop() ? outcome : later;
    }

    private Outcome called() {
        var message = job.message();
        try {
            job.enter();
            var result =
                    TaskContext.within(context, () -> job.definition().call(message.args(), message.kwargs(), context));
            return done(awaited(result));
        } catch (BadArgumentsException e) {
            var reason = "%s() %s".formatted(message.task(), e.getMessage());
            return new Outcome.Refused(
                    reason, new RemoteError("TypeError", List.of(reason), "builtins"), Outcome.Refused.Kind.UNFIT, 0);
        } catch (RetryException e) {
            return isToStop() && !goesOn(e) ? stopped(e) : retry(e);
        } catch (RejectException e) {
            return isToStop() && e.then() == RejectException.Then.DEAD_LETTER ? stopped(e) : rejected(e);
        } catch (IgnoreException e) {
            return isToStop() ? stopped(e) : new Outcome.Done(NullNode.instance, Outcome.Telling.NOTHING, null);
        } catch (Throwable thrown) { // the boundary of somebody else's code: its failure is a value, the worker goes on
            return isStopped(thrown) ? stopped(thrown) : failed(thrown);
        } finally {
            job.leave();
            // an interrupt that came late is not for what follows
            var _ = Thread.interrupted();
        }
    }

    /// What nobody could read or write is no result, and its task has returned: it does not run again for that, for
    /// itself or elsewhere. As Celery, which fails with its own word.
    private static Outcome done(@Nullable Object result) {
        try {
            var json = json(result);
            var exceeded = Bounds.exceeded(json, Bounds.AROUND);
            return exceeded == null
                    ? new Outcome.Done(json)
                    : unencoded(
                            "the result has %s, which nobody reads; return it in parts, or as text".formatted(exceeded),
                            null);
        } catch (Throwable thrown) { // getters and serializers are somebody else's code as well
            var error = Thrown.error(thrown);
            return unencoded(
                    "the result cannot be written: " + (error.message().isEmpty() ? error.type() : error.message()),
                    Thrown.traceback(thrown));
        }
    }

    private static Outcome unencoded(String reason, @Nullable String traceback) {
        return new Outcome.Failed(
                new RemoteError("EncodeError", List.of(reason), "kombu.exceptions"),
                traceback,
                Outcome.Failed.Kind.UNEXPECTED);
    }

    private Outcome stopped(Throwable thrown) {
        return switch (job.cause()) {
            case SOFT_TIME_LIMIT ->
                new Outcome.Failed(
                        new RemoteError("SoftTimeLimitExceeded", List.of(), "billiard.exceptions"),
                        Thrown.traceback(thrown),
                        Outcome.Failed.Kind.UNEXPECTED);
            case REVOKED -> new Outcome.Revoked(Outcome.Revoked.TERMINATED);
            case WORKER_STOPS -> job.hasRunForGood() ? lost(thrown) : new Outcome.Returned(Outcome.Returned.Why.DRAIN);
            case TIME_LIMIT -> failed(thrown);
            case null -> failed(thrown);
        };
    }

    /// As Celery tells of a task whose worker has gone.
    private static Outcome lost(Throwable thrown) {
        return new Outcome.Failed(
                RemoteError.celery(
                        "WorkerLostError",
                        "the worker stopped; the task was acknowledged early and does not run again"),
                Thrown.traceback(thrown),
                Outcome.Failed.Kind.UNEXPECTED);
    }

    private Outcome failed(Throwable thrown) {
        var policy = policy();
        if (policy.covers(thrown)) {
            return retry(policy, thrown, delay(policy));
        }
        var kind = job.definition().options().expects(thrown)
                ? Outcome.Failed.Kind.EXPECTED
                : Outcome.Failed.Kind.UNEXPECTED;
        return new Outcome.Failed(Thrown.error(thrown), Thrown.traceback(thrown), kind);
    }

    private Outcome retry(RetryException asked) {
        var policy = policy(asked);
        var delay = asked.delay();
        return retry(
                policy, asked.getCause() == null ? asked : asked.getCause(), delay == null ? delay(policy) : delay);
    }

    private Outcome retry(RetryPolicy policy, Throwable cause, Duration delay) {
        if (policy.allows(job.message().retries())) {
            return new Outcome.Retry(delay, Thrown.error(cause), Thrown.traceback(cause));
        }
        var error = cause instanceof RetryException ? retriedTooOften() : Thrown.error(cause);
        return new Outcome.Failed(error, Thrown.traceback(cause), Outcome.Failed.Kind.UNEXPECTED);
    }

    /// In Celery's words, with arguments as they may be shown: the sender's own text of them hides nothing.
    private RemoteError retriedTooOften() {
        var shown = job.shownMessage();
        var args = shown.argsRepr();
        var kwargs = shown.kwargsRepr();
        return RemoteError.celery(
                "MaxRetriesExceededError",
                "Can't retry %s[%s] args:%s kwargs:%s"
                        .formatted(
                                shown.task(),
                                shown.id(),
                                args == null ? PyRepr.tuple(shown.args()) : args,
                                kwargs == null ? PyRepr.of(shown.kwargs()) : kwargs));
    }

    private Outcome rejected(RejectException e) {
        var reason = String.valueOf(e.getMessage());
        return switch (e.then()) {
            case REQUEUE ->
                job.hasRunForGood()
                        ? Outcome.Refused.unfit("Reject", reason + UNREPEATABLE)
                        : new Outcome.Returned(Outcome.Returned.Why.WISH);
            case DEAD_LETTER ->
                new Outcome.Refused(reason, RemoteError.celery("Reject", reason), Outcome.Refused.Kind.WISH, 0);
        };
    }

    private RetryPolicy policy(RetryException asked) {
        var maximum = asked.maxRetries();
        return maximum == null ? policy() : policy().withMaxRetries(maximum);
    }

    private RetryPolicy policy() {
        return job.definition().options().retries();
    }

    private Duration delay(RetryPolicy policy) {
        return policy.backoff().delay(job.message().retries(), random.nextDouble());
    }

    /// Whether it is to stop for good. It says so in whatever it throws then: many a library makes an exception of its
    /// own of an interrupt, and keeps nothing of it, and a task may answer each of those in the same way.
    private boolean isToStop() {
        return switch (job.cause()) {
            case WORKER_STOPS, REVOKED -> true;
            case SOFT_TIME_LIMIT, TIME_LIMIT -> false;
            case null -> false;
        };
    }

    /// Whether a task that is to stop asks by itself for the attempt that another worker makes: not in answer to
    /// anything, and not in vain.
    private boolean goesOn(RetryException asked) {
        return job.cause() == Job.Cause.WORKER_STOPS
                && asked.getCause() == null
                && policy(asked).allows(job.message().retries());
    }

    private boolean isStopped(Throwable thrown) {
        boolean limited = job.cause() != null;
        return isToStop()
                || (limited
                        && (Thrown.isInterrupt(thrown) || Thread.currentThread().isInterrupted()));
    }

    /// What a stage ends with is what its task returns or throws.
    private static @Nullable Object awaited(@Nullable Object returned) throws Throwable {
        var result = returned;
        while (result instanceof CompletionStage<?> stage) {
            try {
                result = stage.toCompletableFuture().get();
            } catch (ExecutionException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }
        return result;
    }

    private static JsonNode json(@Nullable Object result) {
        JsonNode json = TypedJson.mapper().valueToTree(result);
        return json == null ? NullNode.instance : json;
    }
}
