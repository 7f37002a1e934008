package dev.jtask.task.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.topology.IdempotencyKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One task called many times within one message, in the shape of Celery's `map`, `starmap` and `chunks`. The
/// worker that has the task runs them, hence they go to its queue. The options of the request, and its links, are
/// those of the message: a time limit, for example, is for all of its calls together.
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

    /// Messages of up to `size` calls each. An idempotency key ends in `/1` in the first, and so on.
    ///
    /// @throws IllegalArgumentException unless a chunk has a call or more
    public static Group<JsonNode> chunks(TaskRequest<?> task, List<? extends List<?>> arguments, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a chunk has at least one call, not " + size);
        }
        var parts = new ArrayList<TaskRequest<JsonNode>>();
        for (int from = 0; from < arguments.size(); from += size) {
            var part = starmap(task, arguments.subList(from, Math.min(arguments.size(), from + size)));
            parts.add(numbered(part, parts.size() + 1));
        }
        return Group.of(parts);
    }

    private static TaskRequest<JsonNode> many(String builtIn, TaskRequest<?> task, List<?> items) {
        var bare = new TaskRequest<>(
                task.task(),
                task.resultType(),
                task.args(),
                task.kwargs(),
                task.arguments(),
                SendOptions.DEFAULT,
                List.of(),
                List.of());
        Map<String, @Nullable Object> calls = new LinkedHashMap<>();
        calls.put("task", Signatures.of(bare).json());
        calls.put("it", items);
        return new TaskRequest<>(
                builtIn,
                JsonNode.class,
                List.of(),
                calls,
                TaskRequest.Arguments.COMPLETE,
                task.options(),
                task.links(),
                task.errorLinks());
    }

    /// A key of its own, or workers would run one chunk and take the others for the same.
    private static TaskRequest<JsonNode> numbered(TaskRequest<JsonNode> part, int number) {
        return IdempotencyKey.in(part.options().headers())
                .map(once -> part.idempotencyKey(once.key() + "/" + number, once.window()))
                .orElse(part);
    }
}
