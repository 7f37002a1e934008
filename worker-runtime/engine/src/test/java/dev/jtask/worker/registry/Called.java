package dev.jtask.worker.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.Contexts;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls tasks without a worker.
final class Called {

    private Called() {}

    static @Nullable Object run(Collection<TaskDefinition> tasks, String name, @Nullable Object... args)
            throws Exception {
        return json(tasks, name, TypedJson.mapper().valueToTree(List.of(args)).toString(), "{}");
    }

    /// JSON with single quotes.
    static @Nullable Object json(Collection<TaskDefinition> tasks, String name, String args, String kwargs)
            throws Exception {
        var context = Contexts.of(TaskMessage.builder("id", name).build());
        return task(tasks, name).call((ArrayNode) read(args), (ObjectNode) read(kwargs), context);
    }

    static TaskDefinition task(Collection<TaskDefinition> tasks, String name) {
        return tasks.stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no task %s in %s".formatted(name, names(tasks))));
    }

    static List<String> names(Collection<TaskDefinition> tasks) {
        return tasks.stream().map(TaskDefinition::name).sorted().toList();
    }

    private static Object read(String json) throws JsonProcessingException {
        return TypedJson.mapper().readTree(json.replace('\'', '"'));
    }
}
