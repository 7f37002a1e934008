package dev.jtask.worker.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.task.TaskContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The code of a task, called with JSON arguments.
@FunctionalInterface
public interface TaskBody {

    /// The names of its arguments in their order, empty texts where none is known.
    default List<String> argumentNames() {
        return List.of();
    }

    /// @throws BadArgumentsException when the arguments do not fit
    /// @throws Exception whatever the task throws, which may be any Throwable
    @Nullable
    Object call(ArrayNode args, ObjectNode kwargs, TaskContext context) throws Exception;
}
