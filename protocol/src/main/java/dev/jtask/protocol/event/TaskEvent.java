package dev.jtask.protocol.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.PyRepr;
import dev.jtask.protocol.json.WireDates;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.result.RemoteError;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What happens to a task, in Celery's words.
public sealed interface TaskEvent {

    /// The type of its event.
    String type();

    /// What its event says beside the task's id; a new object each time.
    ObjectNode fields();

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// The broker has its message, as its sender says. It shows no more of the task than the message's headers do.
    ///
    /// @param route by which it was published
    /// @param queue at the end of the way; empty where only an exchange knows it
    record Sent(WireMessage message, Route route, String queue) implements TaskEvent {

        public static final String TYPE = "task-sent";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public ObjectNode fields() {
            return object().put("name", text("task"))
                    .put("args", text("argsrepr"))
                    .put("kwargs", text("kwargsrepr"))
                    .put("root_id", text("root_id"))
                    .put("parent_id", text("parent_id"))
                    .put("retries", header("retries") instanceof Number retries ? retries.intValue() : 0)
                    .put("eta", text("eta"))
                    .put("expires", text("expires"))
                    .put("queue", queue.isEmpty() ? null : queue)
                    .put("exchange", route.exchange())
                    .put("routing_key", route.routingKey());
        }

        private @Nullable String text(String name) {
            return header(name) instanceof String text ? text : null;
        }

        private @Nullable Object header(String name) {
            return message.properties().headers().get(name);
        }
    }

    /// The worker has its message. Only this event says what the task is.
    record Received(TaskMessage task) implements TaskEvent {

        @Override
        public String type() {
            return "task-received";
        }

        @Override
        public ObjectNode fields() {
            var shadow = task.shadow();
            var args = task.argsRepr();
            var kwargs = task.kwargsRepr();
            return object().put("name", shadow == null || shadow.isEmpty() ? task.task() : shadow)
                    .put("args", args == null ? PyRepr.tuple(task.args()) : args)
                    .put("kwargs", kwargs == null ? PyRepr.of(task.kwargs()) : kwargs)
                    .put("root_id", task.rootId())
                    .put("parent_id", task.parentId())
                    .put("retries", task.retries())
                    .put("eta", text(task.eta()))
                    .put("expires", text(task.expires()));
        }

        private static @Nullable String text(@Nullable Instant time) {
            return time == null ? null : WireDates.format(time);
        }
    }

    /// It runs.
    record Started() implements TaskEvent {

        @Override
        public String type() {
            return "task-started";
        }

        @Override
        public ObjectNode fields() {
            return object();
        }
    }

    /// It returned.
    record Succeeded(JsonNode result, Duration runtime) implements TaskEvent {

        @Override
        public String type() {
            return "task-succeeded";
        }

        @Override
        public ObjectNode fields() {
            return object().put("result", PyRepr.of(result)).put("runtime", runtime.toNanos() / 1e9);
        }
    }

    /// It threw, or nothing could run it.
    ///
    /// @param traceback null when it did not run
    record Failed(RemoteError error, @Nullable String traceback) implements TaskEvent {

        @Override
        public String type() {
            return "task-failed";
        }

        @Override
        public ObjectNode fields() {
            return thrown(error, traceback);
        }
    }

    /// It will run again.
    record Retried(RemoteError cause, @Nullable String traceback) implements TaskEvent {

        @Override
        public String type() {
            return "task-retried";
        }

        @Override
        public ObjectNode fields() {
            return thrown(cause, traceback);
        }
    }

    /// It will not run, or not to its end.
    record Revoked(Cause cause) implements TaskEvent {

        /// Why.
        public enum Cause {
            /// Somebody revoked it before it ran.
            REQUESTED,
            /// Somebody stopped it while it ran.
            TERMINATED,
            /// Its time had come and gone.
            EXPIRED
        }

        private static final int SIGTERM = 15;

        @Override
        public String type() {
            return "task-revoked";
        }

        @Override
        public ObjectNode fields() {
            boolean terminated = cause == Cause.TERMINATED;
            return object().put("terminated", terminated)
                    .put("signum", terminated ? (Integer) SIGTERM : null)
                    .put("expired", cause == Cause.EXPIRED);
        }
    }

    /// It did not want its message.
    record Rejected(Then then) implements TaskEvent {

        /// What becomes of the message.
        public enum Then {
            REQUEUED,
            DEAD_LETTERED
        }

        @Override
        public String type() {
            return "task-rejected";
        }

        @Override
        public ObjectNode fields() {
            return object().put("requeue", then == Then.REQUEUED);
        }
    }

    private static ObjectNode thrown(RemoteError error, @Nullable String traceback) {
        var fields = object().put("exception", error.display());
        return traceback == null ? fields : fields.put("traceback", traceback);
    }
}
