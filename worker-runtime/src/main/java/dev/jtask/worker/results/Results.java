package dev.jtask.worker.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.flow.Ends;
import dev.jtask.protocol.flow.Ends.End;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Tells the sender how its task went, unless nobody wants to know.
public final class Results {

    /// Whether the task's own definition wants results; a sender's explicit word beats it.
    public enum Defined {
        WANTED,
        IGNORED
    }

    private final ResultBackend backend;

    public Results(ResultBackend backend) {
        this.backend = backend;
    }

    /// @param children ids of the tasks that this one sent
    public CompletableFuture<Void> success(TaskMessage task, JsonNode value, List<String> children, Defined defined) {
        var result = new ResultMessage(task.id(), TaskState.SUCCESS, value, null, tuples(children));
        return report(task, result, defined);
    }

    public CompletableFuture<Void> failure(
            TaskMessage task, RemoteError error, @Nullable String traceback, Defined defined) {
        return CompletableFuture.allOf(
                report(task, ResultMessage.error(task.id(), TaskState.FAILURE, error, traceback), defined),
                chained(task, TaskState.FAILURE, error, traceback));
    }

    public CompletableFuture<Void> retry(TaskMessage task, RemoteError cause, String traceback, Defined defined) {
        return report(task, ResultMessage.error(task.id(), TaskState.RETRY, cause, traceback), defined);
    }

    public CompletableFuture<Void> revoked(TaskMessage task, RemoteError error, Defined defined) {
        return CompletableFuture.allOf(
                report(task, ResultMessage.error(task.id(), TaskState.REVOKED, error, null), defined),
                chained(task, TaskState.REVOKED, error, null));
    }

    /// A state on the way, such as STARTED or PROGRESS.
    public CompletableFuture<Void> state(TaskMessage task, String state, @Nullable Object meta, Defined defined) {
        JsonNode value = TypedJson.mapper().valueToTree(meta);
        return report(task, ResultMessage.of(task.id(), state, value), defined);
    }

    /// Answers a message that is no task, where it says to whom.
    public CompletableFuture<Void> malformed(Malformed message, RemoteError error) {
        var id = message.id() == null ? message.correlationId() : message.id();
        var replyTo = message.replyTo();
        if (id == null || id.isEmpty()) {
            return done();
        }
        var correlationId = message.correlationId() == null ? id : message.correlationId();
        return backend.store(
                new Addressee(id, replyTo == null ? "" : replyTo, correlationId, null, null),
                ResultMessage.error(id, TaskState.FAILURE, error, null));
    }

    private CompletableFuture<Void> report(TaskMessage task, ResultMessage result, Defined defined) {
        var asked = task.ignoreResult();
        boolean ignored = asked == null ? defined == Defined.IGNORED : asked;
        return ignored ? done() : backend.store(Addressee.of(task), result);
    }

    /// Whoever waits for a task that will never run is told why.
    public CompletableFuture<Void> unrun(
            TaskMessage cause, List<End> ends, String state, RemoteError error, @Nullable String traceback) {
        var told = done();
        for (var end : ends) {
            var id = end.id();
            if (id != null) {
                var replyTo = end.replyTo();
                var to = new Addressee(id, replyTo == null ? cause.replyTo() : replyTo, id, end.group(), cause.id());
                told = CompletableFuture.allOf(
                        told, backend.store(to, ResultMessage.error(id, state, error, traceback)));
            }
        }
        return told;
    }

    private CompletableFuture<Void> chained(
            TaskMessage task, String state, RemoteError error, @Nullable String traceback) {
        return unrun(task, Ends.of(task.embed().chain()), state, error, traceback);
    }

    private static ArrayNode tuples(List<String> ids) {
        var tuples = JsonNodeFactory.instance.arrayNode();
        for (var id : ids) {
            var tuple = tuples.addArray();
            tuple.addArray().add(id).addNull();
            tuple.addNull();
        }
        return tuples;
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
