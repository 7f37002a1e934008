package dev.jtask.worker.delivery;

import com.rabbitmq.client.Connection;
import dev.jtask.client.Publisher;
import dev.jtask.client.Queues;
import dev.jtask.client.UnroutableException;
import dev.jtask.protocol.DecodeResult.Decoded;
import dev.jtask.protocol.DecodeResult.Malformed;
import dev.jtask.protocol.TaskCodec;
import dev.jtask.protocol.TaskMessage;
import dev.jtask.protocol.WireMessage;
import dev.jtask.worker.execution.Execution;
import dev.jtask.worker.execution.FollowUps;
import dev.jtask.worker.execution.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place that maps an outcome to what the sender and the broker are told. Whatever is published is confirmed
/// before the delivery is settled: a crash in between means a second run, never a loss.
final class Settler {

    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    private final Connection connection;
    private final Publisher publisher;
    private final ResultPublisher results;
    private final DeadLetterOffice deadLetters;
    private final Delays delays;
    private final BiConsumer<Delivered, Duration> holding;
    private final Clock clock;
    /// One party for each settlement under way, and one that keeps the phase from ending before somebody waits for it.
    private final Phaser settling = new Phaser(1);

    /// @param holding keeps a delivery in the worker for a while and hands it in again
    Settler(
            Connection connection,
            Publisher publisher,
            ResultPublisher results,
            BiConsumer<Delivered, Duration> holding,
            Clock clock) {
        this.connection = connection;
        this.publisher = publisher;
        this.results = results;
        this.deadLetters = new DeadLetterOffice(publisher);
        this.delays = new Delays(connection, publisher);
        this.holding = holding;
        this.clock = clock;
    }

    void settle(Delivered delivered, Execution execution) {
        switch (execution.outcome()) {
            case Outcome.Succeeded(var value) -> {
                var task = task(execution);
                var published = followUps(FollowUps.afterSuccess(task, queue(delivered), value));
                published.add(results.success(task, value, execution.definedIgnoresResult()));
                ackAfter(published, delivered);
            }
            case Outcome.Failed(var error, var traceback) -> {
                var task = task(execution);
                var published = followUps(FollowUps.afterFailure(task, queue(delivered)));
                published.add(results.failure(task, error, traceback, execution.definedIgnoresResult()));
                ackAfter(published, delivered);
            }
            case Outcome.Retried(var delay, var cause, var traceback) -> {
                var task = task(execution);
                var published = new ArrayList<CompletableFuture<Void>>();
                published.add(again(task, queue(delivered), delay));
                published.add(results.retry(task, cause, traceback, execution.definedIgnoresResult()));
                ackAfter(published, delivered);
            }
            case Outcome.Postponed(var delay) -> postpone(task(execution), delivered, delay);
            case Outcome.Revoked(var reason) ->
                ackAfter(
                        List.of(results.revoked(task(execution), reason, execution.definedIgnoresResult())), delivered);
            case Outcome.Refused refused -> refuse(delivered, execution, refused);
            case Outcome.Requeued() -> delivered.acknowledger().requeue(delivered.tag());
        }
    }

    private void refuse(Delivered delivered, Execution execution, Outcome.Refused refused) {
        LOG.warn("rejecting a message of queue '{}': {}", queue(delivered), refused.reason());
        var told = switch (execution.decoded()) {
            case Decoded(var task) -> results.failure(task, refused.error(), null, execution.definedIgnoresResult());
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

    /// The task's next attempt, as a message of its own.
    private CompletableFuture<Void> again(TaskMessage task, String queue, Duration delay) {
        var now = clock.instant();
        var parent = task.parentId();
        var message = TaskCodec.encode(
                task.toBuilder()
                        .retries(task.retries() + 1)
                        .eta(delay.isZero() ? null : now.plus(delay))
                        .parentId(parent == null ? task.id() : parent)
                        .build(),
                now);
        // the time to live belongs to the queue it waits in for a worker; the expires header still holds
        var waiting = new WireMessage(message.properties().withExpiration(null), message.body());
        return delay.toSeconds() < 1
                ? publisher.publish("", queue, message)
                : delays.send(waiting, queue, delay.toSeconds()).orElseGet(() -> publisher.publish("", queue, message));
    }

    private void postpone(TaskMessage task, Delivered delivered, Duration delay) {
        if (delay.toSeconds() < 1) {
            holding.accept(delivered, delay);
            return;
        }
        var message = TaskCodec.encode(task, clock.instant());
        var waiting = new WireMessage(message.properties().withExpiration(null), message.body());
        delays.send(waiting, queue(delivered), delay.toSeconds())
                .ifPresentOrElse(sent -> ackAfter(List.of(sent), delivered), () -> holding.accept(delivered, delay));
    }

    private List<CompletableFuture<Void>> followUps(List<FollowUps.Routed> routed) {
        var published = new ArrayList<CompletableFuture<Void>>();
        for (var next : routed) {
            try {
                Queues.ensure(connection, next.queue());
                published.add(publisher.publish("", next.queue(), TaskCodec.encode(next.message(), clock.instant())));
            } catch (IOException e) {
                published.add(CompletableFuture.failedFuture(e));
            }
        }
        return published;
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

    private void ackAfter(List<CompletableFuture<Void>> published, Delivered delivered) {
        track(CompletableFuture.allOf(published.toArray(CompletableFuture[]::new))
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        delivered.acknowledger().ack(delivered.tag());
                    } else {
                        LOG.warn(
                                "task goes back to the queue: {}",
                                cause(failure).getMessage());
                        delivered.acknowledger().requeue(delivered.tag());
                    }
                }));
    }

    private void track(CompletableFuture<Void> settlement) {
        settling.register();
        var _ = settlement.whenComplete((done, failure) -> settling.arriveAndDeregister());
    }

    private static Throwable cause(Throwable failure) {
        return failure.getCause() == null ? failure : failure.getCause();
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
