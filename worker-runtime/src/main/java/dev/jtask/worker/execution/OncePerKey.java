package dev.jtask.worker.execution;

import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.topology.IdempotencyKey;
import dev.jtask.worker.execution.Claims.Answer;
import dev.jtask.worker.execution.Claims.Change;
import dev.jtask.worker.execution.Claims.Holder;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a task once for each idempotency key. A message whose key is taken waits in the broker until that run has
/// ended: after a success it gets the same result, after a failure it runs itself. No message is dropped for a run that
/// may never end: a run keeps its key by a lease, which lapses when its worker dies.
public final class OncePerKey implements Interceptor {

    private static final Logger LOG = LoggerFactory.getLogger(OncePerKey.class);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    /// How long the next attempt may be late, behind other messages of its queue.
    private static final Duration RETRY_SLACK = Duration.ofMinutes(5);

    private final Optional<Supplier<Claims>> claims;
    private final ScheduledExecutorService timer;
    private final Clock clock;

    /// @param claims empty where workers share no knowledge
    public OncePerKey(Optional<Supplier<Claims>> claims, ScheduledExecutorService timer, Clock clock) {
        this.claims = claims;
        this.timer = timer;
        this.clock = clock;
    }

    @Override
    public Outcome around(Invocation invocation, Step next) {
        Optional<IdempotencyKey> asked;
        try {
            asked = IdempotencyKey.in(invocation.message().customHeaders());
        } catch (IllegalArgumentException e) {
            return refused("InvalidTaskError", String.valueOf(e.getMessage()));
        }
        if (asked.isEmpty()) {
            return next.proceed();
        }
        if (claims.isEmpty()) {
            return refused(
                    "NotImplementedError",
                    "the task has an idempotency key, which workers remember in Redis; set JTASK_RESULT_BACKEND to redis://…"
                            + " on the worker, or send the task without the key");
        }
        var message = invocation.message();
        var holder = new Holder(
                message.task(),
                asked.get().key(),
                message.id(),
                UUID.randomUUID().toString());
        return around(new Run(claims.get().get(), holder, asked.get().window(), invocation.attempt()), next);
    }

    private Outcome around(Run run, Step next) {
        Answer answer;
        try {
            answer = now(run.claims.claim(run.holder, LEASE, clock.instant()));
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn(
                    "task {} waits {} s, since its idempotency key cannot be looked up: {}",
                    run.holder.taskId(),
                    LONGEST_WAIT.toSeconds(),
                    String.valueOf(e.getMessage()));
            return new Outcome.Postponed(LONGEST_WAIT);
        }
        return switch (answer) {
            case Answer.Granted() -> run(run, next);
            case Answer.Taken(var since) -> new Outcome.Postponed(wait(since));
            case Answer.Ended(var value) -> value == null ? new Outcome.Ignored() : new Outcome.Repeated(value);
        };
    }

    private Outcome run(Run run, Step next) {
        long every = LEASE.toMillis() / 3;
        var renewal = timer.scheduleAtFixedRate(run::renew, every, every, TimeUnit.MILLISECONDS);
        Change then = new Change.Free();
        try {
            var outcome = next.proceed();
            then = run.after(outcome);
            return outcome;
        } finally {
            renewal.cancel(false);
            end(run, then);
        }
    }

    /// Waited for, so that whatever is settled for the run is settled after its key.
    private static void end(Run run, Change then) {
        try {
            now(run.change(then));
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn(
                    "idempotency key '{}' of task {} may be free before its time, and another message with it may run: {}",
                    run.holder.key(),
                    run.holder.taskId(),
                    String.valueOf(e.getMessage()));
        }
    }

    /// As long as the other one has run: seldom for long tasks, soon for short ones.
    private Duration wait(Instant since) {
        var elapsed = Duration.between(since, clock.instant());
        return elapsed.compareTo(SHORTEST_WAIT) < 0
                ? SHORTEST_WAIT
                : elapsed.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : elapsed;
    }

    private static Outcome refused(String type, String reason) {
        return new Outcome.Refused(reason, RemoteError.celery(type, reason), Outcome.Refused.PLAIN);
    }

    private static <V extends @Nullable Object> V now(CompletableFuture<V> future)
            throws ExecutionException, TimeoutException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException(e);
        }
    }

    /// A run that has its key, or is about to.
    private record Run(Claims claims, Holder holder, Duration window, Attempt attempt) {

        /// A run that was given up does not keep its key, though its thread goes on.
        void renew() {
            var _ = claims.change(holder, attempt.isSettled() ? new Change.Free() : new Change.Running(LEASE));
        }

        Change after(Outcome outcome) {
            if (attempt.isSettled()) {
                return new Change.Free();
            }
            return switch (outcome) {
                case Outcome.Succeeded(var value) -> new Change.Ended(value, window);
                case Outcome.Repeated(var value) -> new Change.Ended(value, window);
                case Outcome.Ignored _, Outcome.Unlocked _ -> new Change.Ended(null, window);
                case Outcome.Retried retried ->
                    new Change.Waiting(retried.delay().plus(RETRY_SLACK));
                case Outcome.Failed _,
                        Outcome.Refused _,
                        Outcome.Revoked _,
                        Outcome.Requeued _,
                        Outcome.Postponed _,
                        Outcome.Held _,
                        Outcome.Counted _ -> new Change.Free();
            };
        }

        CompletableFuture<?> change(Change then) {
            try {
                return claims.change(holder, then);
            } catch (UncheckedIOException e) {
                // such a value is no result either: the task ends in a failure
                return claims.change(holder, new Change.Free());
            }
        }
    }
}
