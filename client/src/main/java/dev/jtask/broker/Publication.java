package dev.jtask.broker;

import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.task.request.PublishRetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One message on its way: published, and again when the connection is lost first, until the broker has it or its time
/// is over.
final class Publication {

    /// Publishes the message once.
    interface Attempt {
        /// @throws IOException when its queue or exchange cannot be used
        CompletableFuture<Void> publish() throws IOException;
    }

    private final String to;
    private final Attempt attempt;
    private final FlowControl control;
    private final PublishRetry retry;
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private volatile @Nullable Throwable lastFailure;

    /// @param to how errors name the destination
    Publication(String to, Attempt attempt, FlowControl control, PublishRetry retry) {
        this.to = to;
        this.attempt = attempt;
        this.control = control;
        this.retry = retry;
    }

    /// The future completes once the broker has the message; it fails with a [PublishException] or, where the queue or
    /// exchange cannot be used, with an [UncheckedIOException], at the latest when the time is over.
    CompletableFuture<@Nullable Void> start(Duration timeout) {
        attempt(0);
        return done.orTimeout(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS)
                .exceptionally(failure -> {
                    throw failure instanceof TimeoutException
                            ? late(timeout, failure)
                            : new CompletionException(failure);
                });
    }

    private PublishException late(Duration timeout, Throwable failure) {
        var before = lastFailure;
        return new PublishNotConfirmedException(
                to,
                "no answer in %s; %s".formatted(timeout, before == null ? control.state() : before.getMessage()),
                before == null ? failure : before);
    }

    private void attempt(int retries) {
        var open = control.open();
        if (open.isDone()) {
            publish(retries);
        } else {
            var _ = open.thenRunAsync(() -> publish(retries), Thread::startVirtualThread);
        }
    }

    private void publish(int retries) {
        if (done.isDone()) {
            return;
        }
        try {
            var _ = attempt.publish()
                    .whenComplete((sent, failure) ->
                            settle(retries, failure instanceof CompletionException ? failure.getCause() : failure));
        } catch (ShutdownSignalException e) {
            again(retries, new PublishNotConfirmedException(to, "the connection is closed", e));
        } catch (IOException e) {
            if (isAnswer(e)) {
                done.completeExceptionally(new UncheckedIOException(e.getMessage(), e));
            } else {
                again(retries, new PublishNotConfirmedException(to, "the connection was lost", e));
            }
        }
    }

    private void settle(int retries, @Nullable Throwable failure) {
        if (failure == null) {
            done.complete(null);
        } else if (wasLost(failure)) {
            again(retries, failure);
        } else {
            done.completeExceptionally(failure);
        }
    }

    private void again(int retries, Throwable failure) {
        if (retries >= retry.maxRetries()) {
            done.completeExceptionally(failure);
            return;
        }
        lastFailure = failure;
        CompletableFuture.delayedExecutor(
                        retry.pause(retries).toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                .execute(() -> attempt(retries + 1));
    }

    /// A refusal has no cause, a lost connection has one.
    private static boolean wasLost(Throwable failure) {
        return failure instanceof PublishNotConfirmedException && failure.getCause() != null;
    }

    /// The broker has said no, and would again: it closes the channel then, and leaves the connection open.
    private static boolean isAnswer(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShutdownSignalException signal) {
                return !signal.isHardError();
            }
        }
        return false;
    }
}
