package dev.jtask.protocol.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// Which piece of a task it is, or, with its result, which was the last.
///
/// @param run no other run of the task has it, whether it was tried again or came to another worker
/// @param attempt from 1, as the task itself is told
/// @param number from 1 within the run; 0 where it emitted none
public record PieceMark(String run, int attempt, long number) {

    private static final String LAST = "pieces";

    /// Puts the last one of a result, if there is any, beside what else is said of it.
    public static void put(@Nullable PieceMark last, ObjectNode said) {
        if (last != null) {
            said.set(LAST, last.json());
        }
    }

    /// The last one of a result, from what is said of it; null where it says none.
    public static @Nullable PieceMark last(JsonNode said) {
        return readOrNull(said.path(LAST));
    }

    /// As it stands in a message.
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("run", run)
                .put("attempt", attempt)
                .put("number", number);
    }

    /// Null where there is none.
    public static @Nullable PieceMark readOrNull(JsonNode json) {
        var run = json.path("run");
        var attempt = json.path("attempt");
        var number = json.path("number");
        return run.isTextual() && attempt.canConvertToInt() && number.isIntegralNumber() && number.canConvertToLong()
                ? new PieceMark(run.textValue(), attempt.intValue(), number.longValue())
                : null;
    }
}
