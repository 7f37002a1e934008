package dev.jtask.worker.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.flow.Ends;
import dev.jtask.protocol.flow.Ends.End;
import dev.jtask.protocol.flow.Plan;
import dev.jtask.protocol.flow.Signature;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.worker.canvas.FollowUps;
import dev.jtask.worker.canvas.Joined;
import dev.jtask.worker.results.ChordCounter;
import dev.jtask.worker.results.ResultBackend;
import dev.jtask.worker.results.Results;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Starts work flows and joins chords: the task that ends last sends the body, or tells that it will not run.
final class Chords {

    private final ResultBackend backend;
    private final Results results;
    private final Outbox outbox;
    private final FollowUps followUps;
    private final Clock clock;

    Chords(ResultBackend backend, Outbox outbox, FollowUps followUps, Clock clock) {
        this.backend = backend;
        this.results = new Results(backend);
        this.outbox = outbox;
        this.followUps = followUps;
        this.clock = clock;
    }

    /// Counts the plan's chords, then sends its messages.
    CompletableFuture<Void> start(Plan plan) {
        var begun = plan.chords().stream().map(chord -> counter().begin(chord)).toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(begun)
                .thenCompose(done -> CompletableFuture.allOf(
                        plan.messages().stream().map(outbox::send).toArray(CompletableFuture[]::new)));
    }

    /// Hands in the end of a task that belongs to a chord, and of those that do not run because it did not succeed.
    ///
    /// @param result the return value, or the encoded exception
    CompletableFuture<Void> part(TaskMessage task, String queue, String state, JsonNode result) {
        var own = new End(task.id(), null, task.embed().chord(), task.group(), task.groupIndex());
        var part = part(task, queue, own, state, result);
        return state.equals(TaskState.SUCCESS)
                ? part
                : CompletableFuture.allOf(
                        part, parts(task, queue, Ends.of(task.embed().chain()), state, result));
    }

    private CompletableFuture<Void> parts(
            TaskMessage cause, String queue, List<End> ends, String state, JsonNode result) {
        return CompletableFuture.allOf(
                ends.stream().map(end -> part(cause, queue, end, state, result)).toArray(CompletableFuture[]::new));
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private CompletableFuture<Void> part(TaskMessage cause, String queue, End end, String state, JsonNode result) {
        var group = end.group();
        if (!end.chord().isObject() || group == null || backend.chords().isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        var id = end.id() == null ? cause.id() : end.id();
        return counter()
                .add(new ChordCounter.Part(group, end.groupIndex(), id, state, result))
                .thenCompose(joined -> joined.isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : join(cause, queue, Signature.of(end.chord()), group, joined.get()));
    }

    /// Sends the body of a chord whose parts are all there, or tells that it will not run.
    CompletableFuture<Void> join(TaskMessage last, String queue, Signature body, String group, Joined joined) {
        return switch (joined) {
            case Joined.Results(var values) ->
                start(followUps.body(last, queue, body, values, clock.instant()))
                        .thenCompose(sent -> counter().end(group));
            case Joined.Failed(var failed, var encoded) -> {
                var cause = ResultMessage.of(failed, TaskState.FAILURE, encoded).error();
                yield fail(
                        last,
                        queue,
                        body,
                        group,
                        RemoteError.celery("ChordError", "Dependency %s raised %s".formatted(failed, cause.display())));
            }
        };
    }

    /// The body will not run, nor what was to follow it; a chord that waits for it is told too.
    private CompletableFuture<Void> fail(
            TaskMessage last, String queue, Signature body, String group, RemoteError error) {
        var ends = Ends.of(body);
        var id = body.id() == null ? group : body.id();
        var result = ResultMessage.error(id, TaskState.FAILURE, error, null).result();
        return results.unrun(last, ends, TaskState.FAILURE, error, null)
                .thenCompose(told -> parts(last, queue, ends, TaskState.FAILURE, result))
                .thenCompose(told ->
                        start(followUps.errors(last, queue, body.options().path("link_error"), id, clock.instant())));
    }

    private ChordCounter counter() {
        return backend.chords()
                .orElseThrow(() -> new IllegalStateException("this result backend counts no chords; use redis://…"));
    }
}
