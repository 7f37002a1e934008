package dev.jtask.worker.celery.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.json.PyRepr;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.TaskListener;
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
    public void ended(Job job, Outcome outcome, Duration busy) {
        var id = job.message().id();
        switch (outcome) {
            case Outcome.Done(var value, var telling, var _) -> {
                if (telling == Outcome.Telling.RESULT) {
                    succeeded(id, value, busy);
                }
            }
            case Outcome.Failed failed ->
                events.task(
                        "task-failed",
                        id,
                        event ->
                                event.put("exception", failed.error().display()).put("traceback", failed.traceback()));
            case Outcome.Retry(var _, var cause, var traceback) ->
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
            case Outcome.Refused refused ->
                // a task that does not want its message has not failed
                events.task(
                        refused.kind() == Outcome.Refused.Kind.WISH ? "task-rejected" : "task-failed", id, event -> {
                            if (refused.kind() == Outcome.Refused.Kind.WISH) {
                                event.put("requeue", false);
                            } else {
                                event.put("exception", refused.error().display());
                            }
                        });
            case Outcome.Returned _ -> events.task("task-rejected", id, event -> event.put("requeue", true));
            case Outcome.Later _ -> {}
        }
    }

    @Override
    public void lost(Job job, Outcome outcome) {}

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
