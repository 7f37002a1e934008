package dev.jtask.protocol.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;

/// What a task gives out while it runs. It travels as a result in a state of its own, which Celery takes for one
/// of a task's own, such as PROGRESS: not ready yet.
///
/// @param mark which of the task's pieces it is
public record EmittedPiece(PieceMark mark, JsonNode value) {

    /// The state of a result that is a piece.
    public static final String STATE = "PIECE";

    private static final String VALUE = "value";

    /// Says only that the task has a further one, which is read elsewhere.
    public static ResultMessage signal(String taskId) {
        return ResultMessage.of(taskId, STATE, NullNode.instance);
    }

    /// As it travels.
    public ResultMessage message(String taskId) {
        var json = mark.json();
        json.set(VALUE, value);
        return ResultMessage.of(taskId, STATE, json);
    }

    /// @throws IOException when it is none
    public static EmittedPiece read(ResultMessage message) throws IOException {
        var mark = PieceMark.readOrNull(message.result());
        if (mark == null || mark.number() < 1 || !message.result().has(VALUE)) {
            throw new IOException(
                    "a piece of task %s has no run, attempt, number or value".formatted(message.taskId()));
        }
        return new EmittedPiece(mark, message.result().get(VALUE));
    }
}
