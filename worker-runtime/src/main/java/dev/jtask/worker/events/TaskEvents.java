package dev.jtask.worker.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.json.PyRepr;
import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.execution.Execution;
import dev.jtask.worker.execution.Outcome;
import dev.jtask.worker.execution.TaskListener;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Turns what happens to tasks into Celery's task events.
public final class TaskEvents implements TaskListener {

    private static final int SIGTERM = 15;

    private final Events events;

    public TaskEvents(Events events) {
        this.events = events;
    }

    @Override
    public void received(TaskMessage task) {
        events.task(
                "task-received",
                task.id(),
                event -> event.put("name", task.shadow() == null ? task.task() : task.shadow())
                        .put("args", task.argsRepr() == null ? PyRepr.tuple(task.args()) : task.argsRepr())
                        .put("kwargs", task.kwargsRepr() == null ? PyRepr.of(task.kwargs()) : task.kwargsRepr())
                        .put("root_id", task.rootId())
                        .put("parent_id", task.parentId())
                        .put("retries", task.retries())
                        .put("eta", text(task.eta()))
                        .put("expires", text(task.expires())));
    }

    @Override
    public void started(TaskMessage task) {
        events.task("task-started", task.id(), event -> {});
    }

    @Override
    public void ended(Execution execution, Duration busy) {
        if (!(execution.decoded() instanceof DecodeResult.Decoded(var task))) {
            return;
        }
        var id = task.id();
        switch (execution.outcome()) {
            case Outcome.Succeeded(var value) -> succeeded(id, value, busy);
            case Outcome.Repeated(var value) -> succeeded(id, value, busy);
            case Outcome.Unlocked _ -> succeeded(id, NullNode.instance, busy);
            case Outcome.Failed failed ->
                events.task(
                        "task-failed",
                        id,
                        event ->
                                event.put("exception", failed.error().display()).put("traceback", failed.traceback()));
            case Outcome.Retried(var delay, var cause, var traceback) ->
                events.task(
                        "task-retried",
                        id,
                        event -> event.put("exception", cause.display()).put("traceback", traceback));
            case Outcome.Revoked(var reason) ->
                events.task("task-revoked", id, event -> {
                    boolean terminated = reason.equals(Outcome.Revoked.TERMINATED);
                    event.put("terminated", terminated)
                            .put("signum", terminated ? SIGTERM : null)
                            .put("expired", reason.equals(Outcome.Revoked.EXPIRED));
                });
            case Outcome.Refused refused
            when !refused.isWish() ->
                events.task(
                        "task-failed",
                        id,
                        event -> event.put("exception", refused.error().display()));
            case Outcome.Refused _ -> events.task("task-rejected", id, event -> event.put("requeue", false));
            case Outcome.Requeued() -> events.task("task-rejected", id, event -> event.put("requeue", true));
            case Outcome.Postponed _, Outcome.Held _, Outcome.Counted _, Outcome.Ignored _ -> {}
        }
    }

    private void succeeded(String id, JsonNode value, Duration busy) {
        events.task(
                "task-succeeded",
                id,
                event -> event.put("result", PyRepr.of(value)).put("runtime", busy.toNanos() / 1e9));
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
