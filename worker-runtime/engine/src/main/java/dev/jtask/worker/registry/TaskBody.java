package dev.jtask.worker.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.task.TaskContext;
import org.jspecify.annotations.Nullable;

/// The code of a task, called with JSON arguments.
@FunctionalInterface
public interface TaskBody {

    /// The name of the argument that is given at this place, from 0; an empty text where none is known.
    default String argumentName(int place) {
        return "";
    }

    /// Whether its arguments had names that its class was compiled without.
    default boolean hasLostNames() {
        return false;
    }

    /// Only looks at the arguments.
    ///
    /// @throws BadArgumentsException when they do not fit, as far as that is known before the call
    default void check(ArrayNode args, ObjectNode kwargs) throws BadArgumentsException {}

    /// @throws BadArgumentsException when the arguments do not fit
    /// @throws Exception whatever the task throws, which may be any Throwable
    @Nullable
    Object call(ArrayNode args, ObjectNode kwargs, TaskContext context) throws Exception;
}
