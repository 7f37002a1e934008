package dev.jtask.seal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.result.PieceMark;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import java.util.List;
import java.util.Set;

/// Hides what a result says: its value or exception, and the stack trace. Whose it is and its state stay
/// readable, so that everything that counts results still can.
public final class SealedResults {

    /// Of these Celery reads the value as an exception, and stumbles where it finds none.
    private static final Set<String> WITH_AN_EXCEPTION = Set.of(TaskState.FAILURE, TaskState.REVOKED, TaskState.RETRY);

    private static final RemoteError HIDDEN = new RemoteError(
            "EncryptedError", List.of("it is encrypted; give the client the keys of the workers"), "dev.jtask.seal");

    private SealedResults() {}

    /// @throws IllegalStateException when there is no key
    public static ResultMessage close(ResultMessage result, ValueSeal seal) {
        var said = JsonNodeFactory.instance.objectNode();
        said.put("status", result.status());
        said.set("result", result.result());
        said.put("traceback", result.traceback());
        PieceMark.put(result.pieces(), said);
        return with(result, result.status(), exception(result, seal.hide(result.taskId(), said)));
    }

    /// The same object where it is not hidden.
    ///
    /// @throws SealException when it cannot be read, or is another's
    public static ResultMessage open(ResultMessage result, ValueSeal seal) throws SealException {
        if (!ValueSeal.isHidden(result.result())) {
            return result;
        }
        var said = seal.show(result.taskId(), result.result());
        if (!said.path("status").asText().equals(result.status())) {
            throw SealException.unreadable("the result of task %s says that it is %s, and was not encrypted as such"
                    .formatted(result.taskId(), result.status()));
        }
        return new ResultMessage(
                result.taskId(),
                result.status(),
                said.path("result"),
                said.path("traceback").textValue(),
                result.children(),
                PieceMark.last(said),
                result.done());
    }

    private static JsonNode exception(ResultMessage result, JsonNode hidden) {
        if (!WITH_AN_EXCEPTION.contains(result.status())) {
            return hidden;
        }
        var error = (ObjectNode)
                ResultMessage.error("", TaskState.FAILURE, HIDDEN, null).result();
        return error.set(ValueSeal.FIELD, hidden.path(ValueSeal.FIELD));
    }

    private static ResultMessage with(ResultMessage result, String status, JsonNode value) {
        return new ResultMessage(result.taskId(), status, value, null, result.children());
    }
}
