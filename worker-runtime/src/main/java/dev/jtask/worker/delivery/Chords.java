package dev.jtask.worker.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.canvas.Plan;
import dev.jtask.client.canvas.Signature;
import dev.jtask.protocol.RemoteError;
import dev.jtask.protocol.ResultMessage;
import dev.jtask.protocol.TaskMessage;
import dev.jtask.protocol.TaskState;
import dev.jtask.worker.canvas.FollowUps;
import dev.jtask.worker.results.Addressee;
import dev.jtask.worker.results.ChordCounter;
import dev.jtask.worker.results.ChordCounter.Joined;
import dev.jtask.worker.results.ResultBackend;
import java.time.Clock;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Starts work flows and joins chords: the task that ends last sends the body, or tells that it will not run.
final class Chords {

    private final ResultBackend backend;
    private final Outbox outbox;
    private final FollowUps followUps;
    private final Clock clock;

    Chords(ResultBackend backend, Outbox outbox, FollowUps followUps, Clock clock) {
        this.backend = backend;
        this.outbox = outbox;
        this.followUps = followUps;
        this.clock = clock;
    }

    /// Counts the plan's chords, then sends its messages.
    CompletableFuture<Void> start(Plan plan) {
        var begun = plan.chords().stream()
                .map(chord -> counter().begin(chord.group(), chord.size()))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(begun)
                .thenCompose(done -> CompletableFuture.allOf(
                        plan.messages().stream().map(outbox::send).toArray(CompletableFuture[]::new)));
    }

    /// Hands in the end of a task that belongs to a chord.
    ///
    /// @param result the return value, or the encoded exception
    CompletableFuture<Void> part(TaskMessage task, String queue, String state, JsonNode result) {
        var part = part(task, queue, task.embed().chord(), task.group(), task.groupIndex(), task.id(), state, result);
        var parts = new ArrayList<CompletableFuture<Void>>();
        parts.add(part);
        if (!state.equals(TaskState.SUCCESS)) {
            // the rest of a chain does not run: the chord that waits for its last step is told
            for (var step : task.embed().chain()) {
                var options = step.path("options");
                parts.add(part(
                        task,
                        queue,
                        options.path("chord"),
                        options.hasNonNull("group_id") ? options.get("group_id").asText() : null,
                        options.hasNonNull("group_index")
                                ? options.get("group_index").asInt()
                                : null,
                        options.path("task_id").asText(task.id()),
                        state,
                        result));
            }
        }
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new));
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private CompletableFuture<Void> part(
            TaskMessage task,
            String queue,
            JsonNode body,
            @Nullable String group,
            @Nullable Integer index,
            String id,
            String state,
            JsonNode result) {
        if (!body.isObject() || group == null) {
            return CompletableFuture.completedFuture(null);
        }
        return counter()
                .add(new ChordCounter.Part(group, index, id, state, result))
                .thenCompose(joined -> joined.isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : join(task, queue, Signature.of(body), group, joined.get()));
    }

    private CompletableFuture<Void> join(TaskMessage last, String queue, Signature body, String group, Joined joined) {
        var now = clock.instant();
        return switch (joined) {
            case Joined.Results(var values) ->
                start(followUps.body(last, queue, body, values, now))
                        .thenCompose(sent -> counter().end(group));
            case Joined.Failed(var failed, var encoded) -> {
                var cause = ResultMessage.of(failed, TaskState.FAILURE, encoded).error();
                var error =
                        RemoteError.celery("ChordError", "Dependency %s raised %s".formatted(failed, cause.display()));
                var id = body.id() == null ? group : body.id();
                var to = new Addressee(id, body.options().path("reply_to").asText(last.replyTo()), id, null, last.id());
                yield backend.store(to, ResultMessage.error(id, TaskState.FAILURE, error, null))
                        .thenCompose(told -> start(
                                followUps.errors(last, queue, body.options().path("link_error"), id, now)));
            }
        };
    }

    private ChordCounter counter() {
        return backend.chords()
                .orElseThrow(() -> new IllegalStateException("this result backend counts no chords; use redis://…"));
    }
}
