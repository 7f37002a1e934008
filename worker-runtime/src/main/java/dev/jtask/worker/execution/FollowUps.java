package dev.jtask.worker.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.Embed;
import dev.jtask.protocol.TaskMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a message asks for after its task: the next step of a chain, link and link_error. Pure: it makes messages.
public final class FollowUps {

    /// A message and the queue it goes to.
    public record Routed(String queue, TaskMessage message) {}

    private FollowUps() {}

    /// Says what this worker cannot follow up, or null. Asked before the task runs, so that nothing is half done.
    static @Nullable String unsupported(Embed embed) {
        if (!embed.chord().isNull()) {
            return "the task is part of a chord, which this worker cannot join; run it on a Celery worker";
        }
        for (var signatures : List.of(embed.callbacks(), embed.errbacks(), embed.chain())) {
            for (var signature : signatures) {
                var type = signature.path("subtask_type").asText("");
                if (!type.isEmpty() && !type.equals("null")) {
                    return "the task is followed by a %s, which this worker cannot start; run it on a Celery worker"
                            .formatted(type);
                }
            }
        }
        return null;
    }

    /// The callbacks and the next step of the chain, each with the result as its first argument.
    public static List<Routed> afterSuccess(TaskMessage task, String queue, JsonNode result) {
        var messages = new ArrayList<Routed>();
        task.embed()
                .callbacks()
                .forEach(signature -> messages.add(apply(signature, task, queue, result, NullNode.instance)));
        if (task.embed().chain() instanceof ArrayNode chain && !chain.isEmpty()) {
            // stored in reverse: the last element runs next
            var rest = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < chain.size() - 1; i++) {
                rest.add(chain.get(i));
            }
            messages.add(apply(chain.get(chain.size() - 1), task, queue, result, rest));
        }
        return messages;
    }

    /// The error callbacks, each with the id of the failed task as its first argument.
    public static List<Routed> afterFailure(TaskMessage task, String queue) {
        var messages = new ArrayList<Routed>();
        task.embed()
                .errbacks()
                .forEach(signature ->
                        messages.add(apply(signature, task, queue, TextNode.valueOf(task.id()), NullNode.instance)));
        return messages;
    }

    private static Routed apply(JsonNode signature, TaskMessage parent, String queue, JsonNode first, JsonNode chain) {
        var options = signature.path("options");
        var args = JsonNodeFactory.instance.arrayNode();
        if (!signature.path("immutable").asBoolean(false)) {
            args.add(first);
        }
        signature.path("args").forEach(args::add);
        var kwargs = signature.path("kwargs") instanceof ObjectNode own ? own : JsonNodeFactory.instance.objectNode();
        var root = parent.rootId();
        var message = TaskMessage.builder(
                        text(options, "task_id", UUID.randomUUID().toString()),
                        signature.path("task").asText())
                .args(args)
                .kwargs(kwargs)
                .embed(new Embed(list(options, "link"), list(options, "link_error"), chain, NullNode.instance))
                .rootId(root == null ? parent.id() : root)
                .parentId(parent.id())
                .group(options.hasNonNull("group_id") ? options.get("group_id").asText() : null, null)
                .replyTo(text(options, "reply_to", parent.replyTo()))
                .priority(options.path("priority").asInt(0))
                .origin(parent.origin())
                .stamps(parent.stampedHeaders(), parent.stamps())
                .build();
        return new Routed(text(options, "routing_key", text(options, "queue", queue)), message);
    }

    private static String text(JsonNode options, String name, String fallback) {
        return options.hasNonNull(name) ? options.get(name).asText() : fallback;
    }

    private static JsonNode list(JsonNode options, String name) {
        return switch (options.path(name)) {
            case ArrayNode array -> array;
            case ObjectNode single -> JsonNodeFactory.instance.arrayNode().add(single);
            case JsonNode _ -> NullNode.instance;
        };
    }
}
