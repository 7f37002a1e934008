package dev.jtask.worker.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.task.TaskContext;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A task as the worker knows it: what it is called, how it is called, how it is run.
public record TaskDefinition(String name, TaskBody body, TaskOptions options) {

    public TaskDefinition {
        WireNames.check("name", name);
        options = options.withSharedLimits(options.shared().of(body));
    }

    /// A task without annotations whose code reads its arguments from JSON itself.
    public static TaskDefinition of(String name, TaskBody body) {
        return new TaskDefinition(name, body, TaskOptions.DEFAULT);
    }

    /// This task with other options.
    public TaskDefinition withOptions(TaskOptions other) {
        return new TaskDefinition(name, body, other);
    }

    /// This task, sent to the queue that its own text stands for.
    ///
    /// @param resolved puts an application's properties in place of `${…}`
    /// @throws IllegalArgumentException naming the task, and the property that is not set
    public TaskDefinition resolved(UnaryOperator<String> resolved) {
        var written = options.queue();
        if (written == null) {
            return this;
        }
        try {
            var queue = resolved.apply(written);
            return queue.equals(written) ? this : withOptions(options.withQueue(queue.isEmpty() ? null : queue));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the queue of task '%s': %s".formatted(name, e.getMessage()), e);
        }
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
