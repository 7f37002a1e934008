package dev.jtask.protocol.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A call that is still to be made: a task, or a work flow of several. JSON parts are never changed.
///
/// @param options as `apply_async` takes them; null values mean nothing
public record Signature(
        String task, ArrayNode args, ObjectNode kwargs, ObjectNode options, Type type, Arguments arguments) {

    /// What is called.
    public enum Type {
        TASK,
        CHAIN,
        GROUP,
        CHORD,
        CHUNKS
    }

    /// Whether the arguments of the moment, such as a parent's result, come before its own.
    public enum Arguments {
        PARTIAL,
        IMMUTABLE
    }

    /// @throws IllegalArgumentException when the JSON is no signature
    public static Signature of(JsonNode json) {
        if (!json.path("task").isTextual()) {
            throw new IllegalArgumentException("not a signature: " + json);
        }
        return new Signature(
                json.get("task").textValue(),
                json.path("args") instanceof ArrayNode args ? args : JsonNodeFactory.instance.arrayNode(),
                object(json.path("kwargs")),
                known(object(json.path("options"))),
                switch (json.path("subtask_type").asText("")) {
                    case "chain" -> Type.CHAIN;
                    case "group" -> Type.GROUP;
                    case "chord" -> Type.CHORD;
                    case "chunks" -> Type.CHUNKS;
                    default -> Type.TASK;
                },
                json.path("immutable").asBoolean(false) ? Arguments.IMMUTABLE : Arguments.PARTIAL);
    }

    /// Signatures in an array, a single one, or a group in place of its members.
    public static List<Signature> list(JsonNode json) {
        var signatures = new ArrayList<Signature>();
        if (json.isArray()) {
            json.forEach(each -> signatures.add(of(each)));
        } else if (json.isObject()) {
            var one = of(json);
            if (one.type == Type.GROUP) {
                signatures.addAll(one.members());
            } else {
                signatures.add(one);
            }
        }
        return signatures;
    }

    /// The signatures of a chain or group.
    public List<Signature> members() {
        return list(kwargs.path("tasks"));
    }

    /// Whether running it needs a result backend that counts a chord's parts.
    public boolean counts() {
        return switch (type) {
            case TASK, CHUNKS -> false;
            case CHORD -> true;
            case GROUP -> members().stream().anyMatch(Signature::counts);
            case CHAIN -> Steps.of(members()).stream().anyMatch(Signature::counts);
        };
    }

    /// The id of the task whose result is this signature's: for a chain its last step's, for a chord its body's; null
    /// while it has none.
    public @Nullable String id() {
        var inner = switch (type) {
            case TASK, GROUP, CHUNKS -> null;
            case CHAIN -> idOfLast(members());
            case CHORD -> of(kwargs.path("body")).id();
        };
        return inner == null ? text("task_id") : inner;
    }

    private static @Nullable String idOfLast(List<Signature> steps) {
        return steps.isEmpty() ? null : steps.get(steps.size() - 1).id();
    }

    /// The option's text; null when it is absent or null.
    public @Nullable String text(String option) {
        return options.hasNonNull(option) ? options.get(option).asText() : null;
    }

    /// With an option; unchanged when the value is null.
    public Signature with(String option, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return this;
        }
        var changed = JsonNodeFactory.instance.objectNode();
        changed.setAll(options);
        changed.set(option, value);
        return new Signature(task, args, kwargs, changed, type, arguments);
    }

    /// With an option, unless it has it.
    public Signature withDefault(String option, JsonNode value) {
        return options.hasNonNull(option) ? this : with(option, value);
    }

    /// Adds to an option that is a list of signatures.
    Signature plus(String option, JsonNode more) {
        var all = JsonNodeFactory.instance.arrayNode();
        for (var part : List.of(options.path(option), more)) {
            if (part instanceof ArrayNode array) {
                all.addAll(array);
            } else if (part instanceof ObjectNode single) {
                all.add(single);
            }
        }
        return all.isEmpty() ? this : with(option, all);
    }

    Signature withKwargs(ObjectNode other) {
        return new Signature(task, args, other, options, type, arguments);
    }

    /// As Celery writes it.
    public JsonNode json() {
        var json = JsonNodeFactory.instance.objectNode().put("task", task);
        json.set("args", args);
        json.set("kwargs", kwargs);
        json.set("options", options);
        json.put("subtask_type", type == Type.TASK ? null : type.name().toLowerCase(Locale.ROOT));
        return json.put("immutable", arguments == Arguments.IMMUTABLE);
    }

    private static ObjectNode object(JsonNode json) {
        return json instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    /// A copy whose fields are the same: with all that they hold it would be as large again at each level.
    static ObjectNode shallow(ObjectNode of) {
        var copy = JsonNodeFactory.instance.objectNode();
        copy.setAll(of);
        return copy;
    }

    /// As in Python, an empty id is none.
    private static ObjectNode known(ObjectNode options) {
        var known = options;
        for (var name : List.of("task_id", "group_id")) {
            if (known.path(name).isTextual() && known.get(name).textValue().isEmpty()) {
                known = shallow(known);
                known.remove(name);
            }
        }
        return known;
    }
}
