package dev.jtask.worker.celery.canvas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.flow.Signature;
import dev.jtask.task.TaskContext;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The tasks that Celery itself has and sends to whichever worker serves a queue.
public final class Builtins {

    private final Function<String, @Nullable TaskDefinition> registry;

    private Builtins(Function<String, @Nullable TaskDefinition> registry) {
        this.registry = registry;
    }

    /// @param registry finds the tasks that `celery.map` and `celery.starmap` call
    public static List<TaskDefinition> of(Function<String, @Nullable TaskDefinition> registry) {
        var builtins = new Builtins(registry);
        return List.of(
                TaskDefinition.of("celery.map", (args, kwargs, context) -> builtins.map(kwargs, context)),
                TaskDefinition.of("celery.starmap", (args, kwargs, context) -> builtins.starmap(kwargs, context)),
                TaskDefinition.of("celery.accumulate", (args, kwargs, context) -> accumulate(args, kwargs)),
                TaskDefinition.of("celery.chord_unlock", (args, kwargs, context) -> {
                            throw new IllegalStateException("the worker itself joins chords, before it runs a task");
                        })
                        .withOptions(TaskOptions.DEFAULT.with(TaskOptions.Trait.IGNORES_RESULT)),
                // results expire by themselves
                TaskDefinition.of("celery.backend_cleanup", (args, kwargs, context) -> null));
    }

    private List<@Nullable Object> map(ObjectNode kwargs, TaskContext context) throws Exception {
        var call = Signature.of(kwargs.path("task"));
        var results = new ArrayList<@Nullable Object>();
        for (var item : kwargs.path("it")) {
            results.add(call(call, JsonNodeFactory.instance.arrayNode().add(item), context));
        }
        return results;
    }

    private List<@Nullable Object> starmap(ObjectNode kwargs, TaskContext context) throws Exception {
        var call = Signature.of(kwargs.path("task"));
        var results = new ArrayList<@Nullable Object>();
        for (var item : kwargs.path("it")) {
            var args = JsonNodeFactory.instance.arrayNode();
            item.forEach(args::add);
            results.add(call(call, args, context));
        }
        return results;
    }

    private @Nullable Object call(Signature call, ArrayNode args, TaskContext context) throws Exception {
        var definition = registry.apply(call.task());
        if (definition == null) {
            throw new IllegalArgumentException("task '%s' is not registered here".formatted(call.task()));
        }
        args.addAll(call.args());
        return definition.call(args, call.kwargs(), context);
    }

    private static JsonNode accumulate(ArrayNode args, ObjectNode kwargs) {
        return kwargs.hasNonNull("index") ? args.path(kwargs.get("index").asInt()) : args;
    }
}
