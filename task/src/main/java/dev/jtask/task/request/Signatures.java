package dev.jtask.task.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.flow.Signature;
import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.OwnHeaders;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Steps as Celery's signatures.
public final class Signatures {

    private Signatures() {}

    static Signature of(Step<?> step) {
        if (step instanceof TaskRequest<?> task) {
            return task(task);
        }
        if (step instanceof Chain<?> chain) {
            return flow("celery.chain", Signature.Type.CHAIN, "tasks", all(chain.steps()));
        }
        if (step instanceof Group<?> group) {
            return flow("celery.group", Signature.Type.GROUP, "tasks", all(group.members()));
        }
        if (step instanceof Chord<?> chord) {
            return chord(all(chord.header().members()), body(chord));
        }
        throw new AssertionError("a step is one of four records, not " + step.getClass());
    }

    /// With an id for every task and the queue of its result, so that somebody can wait for it. The results that
    /// handles wait for are asked for as that of a single task is, whatever the tasks' own option says.
    public static Signature awaited(Step<?> step, String replyTo) {
        return awaited(of(step), replyTo, Place.LAST);
    }

    /// Where in a flow a task is: somebody waits for the last one.
    private enum Place {
        LAST,
        BEFORE
    }

    static ArrayNode args(TaskRequest<?> task) {
        var args = TypedJson.mapper().createArrayNode();
        for (var value : task.args()) {
            args.add(json(task, "argument %d".formatted(args.size() + 1), value));
        }
        return args;
    }

    static ObjectNode kwargs(TaskRequest<?> task) {
        var kwargs = TypedJson.mapper().createObjectNode();
        task.kwargs().forEach((name, value) -> kwargs.set(name, json(task, "argument '%s'".formatted(name), value)));
        return kwargs;
    }

    private static JsonNode json(TaskRequest<?> task, String argument, @Nullable Object value) {
        try {
            return TypedJson.mapper().valueToTree(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "task '%s': its %s, a %s, cannot be written as JSON: %s"
                            .formatted(
                                    task.task(),
                                    argument,
                                    value == null ? "null" : value.getClass().getName(),
                                    e.getMessage()),
                    e);
        }
    }

    static @Nullable Double seconds(@Nullable Duration limit) {
        if (limit != null && limit.compareTo(Limits.LONGEST) > 0) {
            throw new IllegalArgumentException("a time limit is a hundred years at most, not " + limit);
        }
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
                kwargs(task),
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
        if (options.eta() instanceof Moment.At at) {
            json.put("eta", at.time().toString());
        } else if (options.eta() instanceof Moment.After after) {
            json.put("countdown", seconds(after.delay()));
        }
        if (options.expires() instanceof Moment.At at) {
            json.put("expires", at.time().toString());
        } else if (options.expires() instanceof Moment.After after) {
            json.put("expires", seconds(after.delay()));
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
        switch (options.reply()) {
            case EXPECTED -> {}
            case OFF -> json.put("reply_to", "");
            case IGNORED -> json.put("ignore_result", true);
        }
        if (!options.headers().isEmpty()) {
            json.set("headers", OwnHeaders.json(options.headers()));
        }
        return json;
    }

    private static Signature awaited(Signature step, String replyTo, Place place) {
        return switch (step.type()) {
            case TASK, CHUNKS -> {
                var known = step.with(
                                "task_id", TextNode.valueOf(UUID.randomUUID().toString()))
                        .withDefault("reply_to", TextNode.valueOf(replyTo));
                yield switch (place) {
                    case LAST -> known.withDefault("ignore_result", BooleanNode.FALSE);
                    case BEFORE -> known;
                };
            }
            case CHAIN ->
                flow(step.task(), step.type(), "tasks", awaited(step.members(), replyTo, Place.BEFORE, place));
            case GROUP -> flow(step.task(), step.type(), "tasks", awaited(step.members(), replyTo, place, place));
            case CHORD ->
                chord(
                        awaited(Signature.list(step.kwargs().path("header")), replyTo, Place.BEFORE, Place.BEFORE),
                        awaited(Signature.of(step.kwargs().path("body")), replyTo, place));
        };
    }

    private static ArrayNode awaited(List<Signature> steps, String replyTo, Place before, Place last) {
        var array = TypedJson.mapper().createArrayNode();
        for (int i = 0; i < steps.size(); i++) {
            array.add(awaited(steps.get(i), replyTo, i < steps.size() - 1 ? before : last)
                    .json());
        }
        return array;
    }

    static ArrayNode all(List<? extends Step<?>> steps) {
        var array = TypedJson.mapper().createArrayNode();
        steps.forEach(step -> array.add(of(step).json()));
        return array;
    }

    private static Signature body(Chord<?> chord) {
        var body = of(chord.body());
        return switch (chord.joins()) {
            case RESULTS -> body;
            case ENDS -> {
                var headers = TypedJson.mapper().createObjectNode();
                if (body.options().get("headers") instanceof ObjectNode own) {
                    headers.setAll(own);
                }
                yield body.with("headers", headers.put(JtaskHeaders.ENDS, true));
            }
        };
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
