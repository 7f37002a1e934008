package dev.jtask.client.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that happened, as a worker or client of either language told it. What is of no known type, or has not the
/// fields of its type, is an [Other].
public sealed interface CeleryEvent {

    /// Who told it, and when.
    Source source();

    /// Who tells something.
    ///
    /// @param node the worker's name, `name@host`; of a client, `gen<pid>@host`
    /// @param pid of its process; 0 when it does not say
    /// @param time by its clock, in microseconds
    /// @param clock its logical time, by which events of several workers are put in order; 0 when it does not say
    record Source(String node, long pid, Instant time, long clock) {}

    /// Something about one task.
    sealed interface OfTask extends CeleryEvent {

        /// The same as the [dev.jtask.client.result.TaskHandle#id] of its sender.
        String taskId();
    }

    /// What a task is. Only [Sent] and [Received] say so; what comes later has its id alone.
    ///
    /// @param args as text in Python's form, `(4, 6)`, cut and redacted by its sender; empty when it does not say
    /// @param kwargs as text in Python's form, `{'b': 1}`; empty when its sender does not say
    /// @param retries before this message
    /// @param eta null when it is due at once
    /// @param expires null when it never does
    /// @param rootId the first task of its workflow; null when unknown
    /// @param parentId the task that sent it; null when none did
    record Call(
            String name,
            String args,
            String kwargs,
            int retries,
            @Nullable Instant eta,
            @Nullable Instant expires,
            @Nullable String rootId,
            @Nullable String parentId) {}

    /// A client has sent it, and the broker has it. Only of clients that tell so, by
    /// [dev.jtask.client.TaskClientBuilder#sentEvents] or Celery's `task_send_sent_event`.
    ///
    /// @param queue empty where only an exchange knows it
    record Sent(Source source, String taskId, Call call, String queue, String exchange, String routingKey)
            implements OfTask {}

    /// A worker has its message; also once more for each retry.
    record Received(Source source, String taskId, Call call) implements OfTask {}

    /// It runs.
    record Started(Source source, String taskId) implements OfTask {}

    /// It returned.
    ///
    /// @param result as text in Python's form, cut where it is long
    record Succeeded(Source source, String taskId, String result, Duration runtime) implements OfTask {}

    /// It threw, or nothing could run it.
    ///
    /// @param exception as text in Python's form, `ValueError('boom', 42)`
    /// @param traceback empty when it did not run
    record Failed(Source source, String taskId, String exception, String traceback) implements OfTask {}

    /// It will run again, for this reason.
    ///
    /// @param exception as text in Python's form
    /// @param traceback empty when there is none
    record Retried(Source source, String taskId, String exception, String traceback) implements OfTask {}

    /// It will not run, or not to its end.
    record Revoked(Source source, String taskId, Reason reason) implements OfTask {

        /// Why.
        public enum Reason {
            /// Somebody revoked it before it ran.
            REQUESTED,
            /// Somebody stopped it while it ran.
            TERMINATED,
            /// Its time had come and gone.
            EXPIRED
        }
    }

    /// It did not want its message.
    ///
    /// @param requeued whether it went back to its queue, else to where its dead letters go
    record Rejected(Source source, String taskId, boolean requeued) implements OfTask {}

    /// A worker came, is there, or goes.
    ///
    /// @param active tasks that run now; 0 when it does not say, as when it comes
    /// @param processed tasks since its start; 0 when it does not say
    /// @param loadAverage of its machine over 1, 5 and 15 minutes; empty when it does not say
    /// @param beat the time from one heartbeat to the next; who is silent for two of them counts as gone
    /// @param software `jtask` or `py-celery`
    record OfWorker(
            Source source,
            Moment moment,
            int active,
            long processed,
            List<Double> loadAverage,
            Duration beat,
            String software,
            String version)
            implements CeleryEvent {

        public OfWorker {
            loadAverage = List.copyOf(loadAverage);
        }

        /// At what moment of its life.
        public enum Moment {
            ONLINE,
            HEARTBEAT,
            OFFLINE
        }
    }

    /// What else is told, such as a task's own events, or what a later Celery has to say.
    ///
    /// @param type such as `task-progress`
    /// @param fields all beyond type and source, as JSON
    record Other(Source source, String type, JsonNode fields) implements CeleryEvent {}
}
