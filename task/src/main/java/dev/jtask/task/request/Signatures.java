package dev.jtask.task.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.flow.Signature;
import dev.jtask.protocol.json.TypedJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Steps as Celery's signatures.
public final class Signatures {

    private Signatures() {}

    static Signature of(Step<?> step) {
        return switch (step) {
            case TaskRequest<?> task -> task(task);
            case Chain<?> chain -> flow("celery.chain", Signature.Type.CHAIN, "tasks", all(chain.steps()));
            case Group<?> group -> flow("celery.group", Signature.Type.GROUP, "tasks", all(group.members()));
            case Chord<?> chord -> chord(chord);
        };
    }

    /// With an id for every task and the queue of its result, so that somebody can wait for it.
    public static Signature awaited(Step<?> step, String replyTo) {
        return switch (step) {
            case TaskRequest<?> task -> awaited(task(task), replyTo);
            case Chain<?> chain -> flow("celery.chain", Signature.Type.CHAIN, "tasks", awaited(chain.steps(), replyTo));
            case Group<?> group ->
                flow("celery.group", Signature.Type.GROUP, "tasks", awaited(group.members(), replyTo));
            case Chord<?> chord -> chord(awaited(chord.header().members(), replyTo), awaited(chord.body(), replyTo));
        };
    }

    static ArrayNode args(TaskRequest<?> task) {
        var args = TypedJson.mapper().createArrayNode();
        task.args().forEach(value -> args.add(TypedJson.mapper().<JsonNode>valueToTree(value)));
        return args;
    }

    static ObjectNode object(Map<String, @Nullable Object> values) {
        var object = TypedJson.mapper().createObjectNode();
        values.forEach((name, value) -> object.set(name, TypedJson.mapper().<JsonNode>valueToTree(value)));
        return object;
    }

    static @Nullable Double seconds(@Nullable Duration limit) {
        return limit == null ? null : limit.toMillis() / 1e3;
    }

    private static Signature task(TaskRequest<?> task) {
        var options = options(task.options());
        if (!task.links().isEmpty()) {
            options.set("link", all(task.links()));
        }
        if (!task.errorLinks().isEmpty()) {
            options.set("link_error", all(task.errorLinks()));
        }
        return new Signature(
                task.task(),
                args(task),
                object(task.kwargs()),
                options,
                Signature.Type.TASK,
                switch (task.arguments()) {
                    case PARTIAL -> Signature.Arguments.PARTIAL;
                    case COMPLETE -> Signature.Arguments.IMMUTABLE;
                });
    }

    private static ObjectNode options(SendOptions options) {
        var json = TypedJson.mapper().createObjectNode();
        var route = options.route();
        if (route != null && route.isQueue()) {
            json.put("queue", route.routingKey());
        } else if (route != null) {
            json.put("exchange", route.exchange()).put("routing_key", route.routingKey());
        }
        switch (options.eta()) {
            case Moment.At(var time) -> json.put("eta", time.toString());
            case Moment.After(var delay) -> json.put("countdown", seconds(delay));
            case null -> {}
        }
        switch (options.expires()) {
            case Moment.At(var time) -> json.put("expires", time.toString());
            case Moment.After(var delay) -> json.put("expires", seconds(delay));
            case null -> {}
        }
        if (options.timeLimits().hard() != null) {
            json.put("time_limit", options.timeLimits().hard());
        }
        if (options.timeLimits().soft() != null) {
            json.put("soft_time_limit", options.timeLimits().soft());
        }
        if (options.priority() != 0) {
            json.put("priority", options.priority());
        }
        if (options.reply() == Reply.IGNORED) {
            json.put("ignore_result", true);
        }
        if (!options.headers().isEmpty()) {
            json.set("headers", object(options.headers()));
        }
        return json;
    }

    private static Signature awaited(Signature task, String replyTo) {
        return task.with("task_id", TextNode.valueOf(UUID.randomUUID().toString()))
                .with("reply_to", TextNode.valueOf(replyTo));
    }

    private static ArrayNode awaited(List<? extends Step<?>> steps, String replyTo) {
        var array = TypedJson.mapper().createArrayNode();
        steps.forEach(step -> array.add(awaited(step, replyTo).json()));
        return array;
    }

    static ArrayNode all(List<? extends Step<?>> steps) {
        var array = TypedJson.mapper().createArrayNode();
        steps.forEach(step -> array.add(of(step).json()));
        return array;
    }

    private static Signature chord(Chord<?> chord) {
        return chord(all(chord.header().members()), of(chord.body()));
    }

    private static Signature chord(ArrayNode header, Signature body) {
        var kwargs = TypedJson.mapper().createObjectNode();
        kwargs.set("header", header);
        kwargs.set("body", body.json());
        return flow("celery.chord", Signature.Type.CHORD, kwargs);
    }

    private static Signature flow(String task, Signature.Type type, String name, ArrayNode parts) {
        var kwargs = TypedJson.mapper().createObjectNode();
        kwargs.set(name, parts);
        return flow(task, type, kwargs);
    }

    private static Signature flow(String task, Signature.Type type, ObjectNode kwargs) {
        return new Signature(
                task,
                TypedJson.mapper().createArrayNode(),
                kwargs,
                TypedJson.mapper().createObjectNode(),
                type,
                Signature.Arguments.PARTIAL);
    }
}
