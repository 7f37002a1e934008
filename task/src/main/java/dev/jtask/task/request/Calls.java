package dev.jtask.task.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// One task called many times within one message, in the shape of Celery's `map`, `starmap` and `chunks`. The worker
/// that has the task runs them, hence they go to its queue.
public final class Calls {

    private Calls() {}

    /// One message: the task called with each item; the result is the list of results.
    public static TaskRequest<JsonNode> map(TaskRequest<?> task, List<?> items) {
        return many("celery.map", task, items);
    }

    /// One message: the task called with each list of arguments; the result is the list of results.
    public static TaskRequest<JsonNode> starmap(TaskRequest<?> task, List<? extends List<?>> arguments) {
        return many("celery.starmap", task, arguments);
    }

    /// Messages of up to `size` calls each.
    public static Group<JsonNode> chunks(TaskRequest<?> task, List<? extends List<?>> arguments, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a chunk has at least one call, not " + size);
        }
        var parts = new ArrayList<TaskRequest<JsonNode>>();
        for (int from = 0; from < arguments.size(); from += size) {
            parts.add(starmap(task, arguments.subList(from, Math.min(arguments.size(), from + size))));
        }
        return Group.of(parts);
    }

    private static TaskRequest<JsonNode> many(String builtIn, TaskRequest<?> task, List<?> items) {
        var request = TaskRequest.of(builtIn)
                .complete()
                .kwarg("task", Signatures.of(task).json())
                .kwarg("it", items);
        var route = task.options().route();
        return route == null ? request : request.to(route);
    }
}
