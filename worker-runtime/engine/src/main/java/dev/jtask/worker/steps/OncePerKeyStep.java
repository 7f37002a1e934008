package dev.jtask.worker.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.backend.Claims;
import dev.jtask.backend.Claims.Answer;
import dev.jtask.backend.Claims.Change;
import dev.jtask.backend.Claims.Holder;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.topology.IdempotencyKey;
import dev.jtask.seal.SealException;
import dev.jtask.seal.ValueSeal;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.SparseLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a task once for each idempotency key. A message whose key is taken waits in the broker until that run has
/// ended: after a success it gets the same result, after a failure it runs itself. No message is dropped for a run that
/// may never end: a run keeps its key by a lease, which lapses when its worker dies.
public final class OncePerKeyStep implements Interceptor {

    private static final Logger LOG = LoggerFactory.getLogger(OncePerKeyStep.class);
    private static final Set<String> MANY = Set.of("celery.map", "celery.starmap");
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_UNANSWERED = Duration.ofMinutes(1);
    /// How long the next attempt may be late, behind other messages of its queue.
    private static final Duration RETRY_SLACK = Duration.ofMinutes(5);

    private final @Nullable Claims claims;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final ValueSeal seal;
    private final SparseLog unknown = new SparseLog(LOG);

    /// Of values that nothing hides.
    ///
    /// @param claims null where workers share no knowledge
    public OncePerKeyStep(@Nullable Claims claims, ScheduledExecutorService timer, Clock clock) {
        this(claims, ValueSeal.NONE, timer, clock);
    }

    /// @param claims null where workers share no knowledge
    /// @param seal of the values that are remembered
    public OncePerKeyStep(@Nullable Claims claims, ValueSeal seal, ScheduledExecutorService timer, Clock clock) {
        this.seal = seal;
        this.claims = claims;
        this.timer = timer;
        this.clock = clock;
    }

    @Override
    public Outcome around(Job job, Next next) {
        Optional<IdempotencyKey> asked;
        try {
            asked = IdempotencyKey.in(job.message().customHeaders());
        } catch (IllegalArgumentException e) {
            return refused("InvalidTaskError", String.valueOf(e.getMessage()));
        }
        if (asked.isEmpty()) {
            return next.proceed(job);
        }
        if (claims == null) {
            return refused(
                    "NotImplementedError",
                    "the task has an idempotency key, which workers remember in Redis; set JTASK_RESULT_BACKEND to redis://…"
                            + " on the worker, or send the task without the key");
        }
        var message = job.message();
        var holder = new Holder(
                task(message),
                asked.get().key(),
                message.id(),
                UUID.randomUUID().toString());
        return around(new Run(claims, seal, holder, asked.get().window(), job), next);
    }

    /// A key is of all messages of one task: of many calls in one message it is the task that all of them call.
    private static String task(TaskMessage message) {
        var called = message.kwargs().path("task").path("task");
        return MANY.contains(message.task()) && called.isTextual()
                ? message.task() + " " + called.textValue()
                : message.task();
    }

    private Outcome around(Run run, Next next) {
        Answer answer;
        try {
            answer = now(run.claims.claim(run.holder, LEASE, clock.instant()));
        } catch (ExecutionException | TimeoutException e) {
            if (e.getCause() instanceof StoreRefusedException why) {
                return refused(
                        "OperationalError",
                        "idempotency key '%s' cannot be looked up: %s; remove what is kept under it"
                                .formatted(run.holder.key(), why.getMessage()));
            }
            int times = LimitStep.times(run.job);
            var pause = pause(times);
            unknown.warn("task %s waits %d s, since its idempotency key cannot be looked up: %s"
                    .formatted(run.holder.taskId(), pause.toSeconds(), e.getMessage()));
            return new Outcome.Later(pause, new Outcome.Unanswered(times + 1));
        }
        return switch (answer) {
            case Answer.Granted() -> run(run, next);
            case Answer.Taken(var since) -> new Outcome.Later(wait(since), new Outcome.InTheBroker());
            case Answer.Ended(var value) ->
                value == null ? new Outcome.Done(NullNode.instance, Outcome.Telling.NOTHING, null) : run.again(value);
        };
    }

    private Outcome run(Run run, Next next) {
        long every = LEASE.toMillis() / 3;
        var renewal = timer.scheduleAtFixedRate(() -> renew(run), every, every, TimeUnit.MILLISECONDS);
        Change then = new Change.Free();
        try {
            var outcome = next.proceed(run.job);
            then = run.after(outcome);
            return outcome;
        } finally {
            renewal.cancel(false);
            end(run, then);
        }
    }

    /// A timer asks no more after the first failure, and the key would be free while its task runs.
    private static void renew(Run run) {
        try {
            run.renew();
        } catch (RuntimeException | Error e) {
            LOG.debug("idempotency key '{}' is renewed the next time", run.holder.key(), e);
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

    /// Twice as long each time, up to a minute: where Redis does not let the worker look, all of them ask for ever.
    ///
    /// @param times how often it has been put off before
    static Duration pause(int times) {
        var doubled = LONGEST_WAIT.multipliedBy(1L << Math.min(times, 3));
        return doubled.compareTo(LONGEST_UNANSWERED) < 0 ? doubled : LONGEST_UNANSWERED;
    }

    private static Outcome refused(String type, String reason) {
        return Outcome.Refused.unfit(type, reason);
    }

    private static <V extends @Nullable Object> V now(CompletableFuture<V> future)
            throws ExecutionException, TimeoutException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException(e);
        } catch (CancellationException e) {
            throw new ExecutionException(e);
        }
    }

    /// A run that has its key, or is about to.
    private record Run(Claims claims, ValueSeal seal, Holder holder, Duration window, Job job) {

        /// A run that was given up does not keep its key, though its thread goes on.
        void renew() {
            var _ = claims.change(holder, job.isClaimed() ? new Change.Free() : new Change.Running(LEASE));
        }

        Change after(Outcome outcome) {
            if (job.isClaimed()) {
                return new Change.Free();
            }
            return switch (outcome) {
                case Outcome.Done(var value, var telling, var _) ->
                    new Change.Ended(telling == Outcome.Telling.RESULT ? kept(value) : null, window);
                case Outcome.Retry retry -> new Change.Waiting(retry.delay().plus(RETRY_SLACK));
                case Outcome.Failed _, Outcome.Refused _, Outcome.Revoked _, Outcome.Returned _, Outcome.Later _ ->
                    new Change.Free();
            };
        }

        private JsonNode kept(JsonNode value) {
            return job.message().isSecret() ? seal.hide(holder.key(), value) : value;
        }

        /// What another run has kept.
        Outcome again(JsonNode value) {
            try {
                return new Outcome.Done(seal.show(holder.key(), value));
            } catch (SealException e) {
                return refused("NotImplementedError", String.valueOf(e.getMessage()));
            }
        }

        /// A value that cannot be kept is no result either, and the task ends in a failure.
        CompletableFuture<Void> change(Change then) {
            return claims.change(holder, then)
                    .exceptionallyCompose(failure -> failure instanceof StoreRefusedException
                                    || failure.getCause() instanceof StoreRefusedException
                            ? claims.change(holder, new Change.Free())
                            : CompletableFuture.failedFuture(failure));
        }
    }
}
