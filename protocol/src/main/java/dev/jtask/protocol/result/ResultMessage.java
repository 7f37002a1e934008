package dev.jtask.protocol.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// What a worker says of a task: its state and the value, exception or progress that goes with it.
///
/// @param status one of [TaskState]'s names, or a state of the task's own
/// @param result the return value; for RETRY, FAILURE and REVOKED an encoded exception
/// @param traceback text for people
/// @param children result tuples of the tasks that this task sent
/// @param pieces the last that the task has emitted before it returned; null where nobody has asked for any
/// @param done when it ended, in the words of whoever keeps it: two ends may be alike in all else; null on the way
public record ResultMessage(
        String taskId,
        String status,
        JsonNode result,
        @Nullable String traceback,
        ArrayNode children,
        @Nullable PieceMark pieces,
        @Nullable String done) {

    private static final String UNTIL = "until";

    /// Of a task that nobody has asked for pieces, and that nobody keeps yet.
    public ResultMessage(
            String taskId, String status, JsonNode result, @Nullable String traceback, ArrayNode children) {
        this(taskId, status, result, traceback, children, null, null);
    }

    /// The task returned this.
    public static ResultMessage success(String taskId, JsonNode value) {
        return of(taskId, TaskState.SUCCESS, value);
    }

    /// A state without an error, such as PROGRESS with what the task says of it.
    public static ResultMessage of(String taskId, String status, JsonNode result) {
        return new ResultMessage(taskId, status, result, null, JsonNodeFactory.instance.arrayNode());
    }

    /// The task waits for a signal.
    ///
    /// @param until its time is over then
    public static ResultMessage waiting(String taskId, String signal, Instant until) {
        var meta = JsonNodeFactory.instance.objectNode().put("signal", signal).put(UNTIL, until.toString());
        return of(taskId, TaskState.WAITING, meta);
    }

    /// A state with an error: FAILURE, RETRY or REVOKED.
    public static ResultMessage error(String taskId, String status, RemoteError error, @Nullable String traceback) {
        return new ResultMessage(taskId, status, error.json(), traceback, JsonNodeFactory.instance.arrayNode());
    }

    /// When the time of the signal is over that the task waits for; null where it waits for none, or does not say.
    public @Nullable Instant until() {
        try {
            return status.equals(TaskState.WAITING)
                    ? Instant.parse(result.path(UNTIL).asText())
                    : null;
        } catch (DateTimeParseException e) {
            return null; // a state of somebody else's
        }
    }

    /// The same after these pieces.
    public ResultMessage after(@Nullable PieceMark last) {
        return new ResultMessage(taskId, status, result, traceback, children, last, done);
    }

    /// The exception in the result of a RETRY, FAILURE or REVOKED state.
    public RemoteError error() {
        return RemoteError.read(result);
    }
}
