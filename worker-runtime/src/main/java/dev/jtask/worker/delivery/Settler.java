package dev.jtask.worker.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.broker.UnroutableException;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.DecodeResult.Decoded;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.worker.canvas.FollowUps;
import dev.jtask.worker.execution.Attempt;
import dev.jtask.worker.execution.Execution;
import dev.jtask.worker.execution.Outcome;
import dev.jtask.worker.execution.TaskListener;
import dev.jtask.worker.results.Results;
import dev.jtask.worker.results.Results.Defined;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place that maps an outcome to what the sender and the broker are told. Whatever is published is confirmed
/// before the delivery is settled: a crash in between means a second run, never a loss.
final class Settler {

    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    private final Outbox outbox;
    private final Results results;
    private final Chords chords;
    private final FollowUps followUps;
    private final DeadLetterOffice deadLetters;
    private final TaskListener listener;
    private final BiConsumer<Delivered, Duration> holding;
    private final Clock clock;
    /// One party for each settlement under way, and one that keeps the phase from ending before somebody waits for it.
    private final Phaser settling = new Phaser(1);

    /// @param holding keeps a delivery in the worker for a while and hands it in again
    Settler(
            Outbox outbox,
            Results results,
            Chords chords,
            FollowUps followUps,
            DeadLetterOffice deadLetters,
            TaskListener listener,
            BiConsumer<Delivered, Duration> holding,
            Clock clock) {
        this.outbox = outbox;
        this.results = results;
        this.chords = chords;
        this.followUps = followUps;
        this.deadLetters = deadLetters;
        this.listener = listener;
        this.holding = holding;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /// A state on the way; that it arrives is not waited for.
    void report(TaskMessage task, String state, @Nullable Object meta) {
        track(results.state(task, state, meta, Defined.WANTED));
    }

    CompletableFuture<Void> send(Routed message) {
        return outbox.send(message);
    }

    void settle(Delivered delivered, Execution execution, Attempt attempt) {
        var defined = execution.definedIgnoresResult() ? Defined.IGNORED : Defined.WANTED;
        switch (execution.outcome()) {
            case Outcome.Succeeded(var value) -> succeeded(delivered, task(execution), attempt, value, defined);
            case Outcome.Repeated(var value) -> succeeded(delivered, task(execution), attempt, value, defined);
            case Outcome.Failed failed ->
                ackAfter(failed(delivered, task(execution), failed.error(), failed.traceback(), defined), delivered);
            case Outcome.Retried(var delay, var cause, var traceback) -> {
                var task = task(execution);
                ackAfter(
                        outbox.again(task, queue(delivered), delay)
                                .thenCompose(sent -> results.retry(task, cause, traceback, defined)),
                        delivered);
            }
            case Outcome.Postponed(var delay) ->
                outbox.later(task(execution), queue(delivered), delay)
                        .ifPresentOrElse(sent -> ackAfter(sent, delivered), () -> holding.accept(delivered, delay));
            case Outcome.Held(var delay, var turn) -> holding.accept(delivered.withTurn(turn), delay);
            case Outcome.Revoked(var reason) -> {
                var task = task(execution);
                var error = RemoteError.celery("TaskRevokedError", reason);
                ackAfter(
                        results.revoked(task, error, defined)
                                .thenCompose(
                                        told -> chords.part(task, queue(delivered), TaskState.REVOKED, encoded(error))),
                        delivered);
            }
            case Outcome.Refused refused -> refuse(delivered, execution, refused, defined);
            case Outcome.Unlocked(var group, var body, var joined) ->
                ackAfter(chords.join(task(execution), queue(delivered), body, group, joined), delivered);
            case Outcome.Counted(long redeliveries) ->
                ackAfter(outbox.counted(delivered.received(), redeliveries), delivered);
            case Outcome.Ignored() -> delivered.acknowledger().ack(delivered.tag());
            case Outcome.Requeued() -> delivered.acknowledger().requeue(delivered.tag());
        }
        listener.ended(execution, Duration.between(attempt.began(), clock.instant()));
    }

    /// Waits until the broker has answered all that was published for outcomes so far.
    void awaitSettled(long timeout, TimeUnit unit) throws InterruptedException {
        try {
            settling.awaitAdvanceInterruptibly(settling.arrive(), timeout, unit);
        } catch (TimeoutException e) {
            LOG.warn(
                    "the broker did not confirm {} outcomes in {} {}; it will deliver their messages again",
                    settling.getUnarrivedParties(),
                    timeout,
                    unit);
        }
    }

    private void succeeded(Delivered delivered, TaskMessage task, Attempt attempt, JsonNode value, Defined defined) {
        var plan = followUps.afterSuccess(task, queue(delivered), value, now());
        plan.messages().forEach(next -> attempt.children().add(next.message().id()));
        // what follows comes before the result, so that the result can name it
        ackAfter(
                chords.start(plan)
                        .thenCompose(sent -> results.success(task, value, attempt.children(), defined))
                        .exceptionallyCompose(failure -> unsendable(failure, task, defined))
                        .thenCompose(told -> chords.part(task, queue(delivered), TaskState.SUCCESS, value)),
                delivered);
    }

    private CompletableFuture<Void> failed(
            Delivered delivered, TaskMessage task, RemoteError error, @Nullable String traceback, Defined defined) {
        return results.failure(task, error, traceback, defined)
                .thenCompose(told -> chords.part(task, queue(delivered), TaskState.FAILURE, encoded(error)))
                .thenCompose(told -> chords.start(followUps.afterFailure(task, queue(delivered), now())));
    }

    private void refuse(Delivered delivered, Execution execution, Outcome.Refused refused, Defined defined) {
        LOG.warn("rejecting a message of queue '{}': {}", queue(delivered), refused.reason());
        var told = switch (execution.decoded()) {
            case Decoded(var task) -> failed(delivered, task, refused.error(), null, defined);
            case Malformed malformed -> results.malformed(malformed, refused.error());
        };
        track(told.exceptionally(failure -> {
                    LOG.warn("the sender could not be told: {}", failure.getMessage());
                    return null;
                })
                .thenCompose(done -> deadLetters.accept(delivered.received(), execution, refused))
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        delivered.acknowledger().ack(delivered.tag());
                    } else if (cause(failure) instanceof UnroutableException) {
                        delivered.acknowledger().reject(delivered.tag());
                    } else {
                        delivered.acknowledger().requeue(delivered.tag());
                    }
                }));
    }

    /// A result that cannot be written, such as one that is nested too deeply, would come again for ever.
    private CompletableFuture<Void> unsendable(Throwable failure, TaskMessage task, Defined defined) {
        return cause(failure) instanceof UncheckedIOException e
                ? results.failure(task, RemoteError.of(e), null, defined)
                : CompletableFuture.failedFuture(failure);
    }

    private static JsonNode encoded(RemoteError error) {
        return ResultMessage.error("", TaskState.FAILURE, error, null).result();
    }

    private void ackAfter(CompletableFuture<Void> published, Delivered delivered) {
        track(published.whenComplete((done, failure) -> {
            if (failure == null) {
                delivered.acknowledger().ack(delivered.tag());
            } else {
                LOG.warn("task goes back to the queue: {}", cause(failure).getMessage());
                delivered.acknowledger().requeue(delivered.tag());
            }
        }));
    }

    private void track(CompletableFuture<Void> settlement) {
        settling.register();
        var _ = settlement.whenComplete((done, failure) -> settling.arriveAndDeregister());
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static String queue(Delivered delivered) {
        return delivered.received().queue();
    }

    private static TaskMessage task(Execution execution) {
        return switch (execution.decoded()) {
            case Decoded(var task) -> task;
            case Malformed malformed ->
                throw new IllegalStateException("ran a message that is none: " + malformed.reason());
        };
    }
}
