package dev.jtask.worker.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.task.TaskContext;
import org.jspecify.annotations.Nullable;

/// A task as the worker knows it: what it is called, how it is called, how it is run.
public record TaskDefinition(String name, TaskBody body, TaskOptions options) {

    public TaskDefinition {
        WireNames.check("name", name);
    }

    /// A task without annotations whose code reads its arguments from JSON itself.
    public static TaskDefinition of(String name, TaskBody body) {
        return new TaskDefinition(name, body, TaskOptions.DEFAULT);
    }

    /// The same task with other options.
    public TaskDefinition withOptions(TaskOptions other) {
        return new TaskDefinition(name, body, other);
    }

    /// The name of the argument that is given at this place, from 0; an empty text where none is known.
    public String argumentName(int place) {
        return body.argumentName(place);
    }

    /// @throws Exception whatever the task throws, which may be any Throwable
    public @Nullable Object call(ArrayNode args, ObjectNode kwargs, TaskContext context) throws Exception {
        return body.call(args, kwargs, context);
    }
}
