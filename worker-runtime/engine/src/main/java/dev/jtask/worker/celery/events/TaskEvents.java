package dev.jtask.worker.celery.events;

import dev.jtask.protocol.event.TaskEvent;
import dev.jtask.protocol.event.TaskEvent.Rejected.Then;
import dev.jtask.protocol.event.TaskEvent.Revoked.Cause;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.TaskListener;
import java.time.Duration;
import java.util.Optional;

/// Turns what happens to tasks into Celery's task events.
public final class TaskEvents implements TaskListener {

    private final Events events;

    public TaskEvents(Events events) {
        this.events = events;
    }

    @Override
    public void received(Job job) {
        if (events.isTasksWanted()) {
            events.task(
                    new TaskEvent.Received(job.shownMessage()), job.message().id());
        }
    }

    @Override
    public void started(TaskMessage task) {
        events.task(new TaskEvent.Started(), task.id());
    }

    @Override
    public void ended(Job job, Outcome outcome, Duration busy) {
        if (events.isTasksWanted()) {
            event(job.shown(outcome), busy)
                    .ifPresent(event -> events.task(event, job.message().id()));
        }
    }

    /// Empty for a task that is not over.
    static Optional<TaskEvent> event(Outcome outcome, Duration busy) {
        return Optional.ofNullable(
                switch (outcome) {
                    case Outcome.Done(var value, var telling, var _) ->
                        switch (telling) {
                            case RESULT -> new TaskEvent.Succeeded(value, busy);
                            case NOTHING -> null;
                        };
                    case Outcome.Failed(var error, var traceback, var _) -> new TaskEvent.Failed(error, traceback);
                    case Outcome.Retry(var _, var cause, var traceback) -> new TaskEvent.Retried(cause, traceback);
                    case Outcome.Revoked(var reason) -> new TaskEvent.Revoked(cause(reason));
                    case Outcome.Refused refused ->
                        switch (refused.kind()) {
                            case UNFIT -> new TaskEvent.Failed(refused.error(), null);
                            // a task that does not want its message has not failed
                            case WISH -> new TaskEvent.Rejected(Then.DEAD_LETTERED);
                        };
                    case Outcome.Returned _ -> new TaskEvent.Rejected(Then.REQUEUED);
                    case Outcome.Later _ -> null;
                });
    }

    private static Cause cause(String reason) {
        return switch (reason) {
            case Outcome.Revoked.TERMINATED -> Cause.TERMINATED;
            case Outcome.Revoked.EXPIRED -> Cause.EXPIRED;
            default -> Cause.REQUESTED;
        };
    }
}
