package dev.jtask.test;

import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One run of a task, and how it ended. A task that is tried again has several.
///
/// @param at when it ended
/// @param outcome one of the seven that a worker knows
public record TaskRun(String queue, Instant at, TaskMessage message, Outcome outcome) {

    public String id() {
        return message.id();
    }

    /// Its name.
    public String task() {
        return message.task();
    }

    /// From 1.
    public int attempt() {
        return message.retries() + 1;
    }

    /// What it returned.
    ///
    /// @throws IllegalStateException when it did not return
    /// @throws IllegalArgumentException when that is no `R`
    public <R> R result(Class<R> type) {
        if (outcome instanceof Outcome.Done done) {
            return Json.read("the result of " + this, done.value(), type);
        }
        throw new IllegalStateException(this + " has no result");
    }

    /// Why it failed, is tried again or was refused; empty when it did none of these.
    public Optional<RemoteError> error() {
        return switch (outcome) {
            case Outcome.Failed failed -> Optional.of(failed.error());
            case Outcome.Retry retry -> Optional.of(retry.cause());
            case Outcome.Refused refused -> Optional.of(refused.error());
            case Outcome.Done _, Outcome.Later _, Outcome.Revoked _, Outcome.Returned _ -> Optional.empty();
        };
    }

    /// After which time it runs again; empty when it does not.
    public Optional<Duration> again() {
        return switch (outcome) {
            case Outcome.Retry retry -> Optional.of(retry.delay());
            case Outcome.Later later -> Optional.of(later.delay());
            case Outcome.Returned _ -> Optional.of(Duration.ZERO);
            case Outcome.Done _, Outcome.Failed _, Outcome.Revoked _, Outcome.Refused _ -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        var why = error().map(error -> ": %s: %s".formatted(error.type(), error.message()))
                .orElse("");
        var then = again().map(delay -> ", again in " + delay).orElse("");
        return "%s attempt %d %s%s%s".formatted(task(), attempt(), outcome.word(), why, then);
    }
}
