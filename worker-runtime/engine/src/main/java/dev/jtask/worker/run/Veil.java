package dev.jtask.worker.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.json.Redaction;
import dev.jtask.worker.registry.TaskDefinition;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Arguments as they may be shown, without what their names hide at any depth. What is given by position has the names
/// of its task's parameters, in calls within arguments too: the items of `celery.map`, `celery.starmap` and
/// `celery.chunks`, and signatures, such as the callback of `celery.chord_unlock`. For one message, then spent.
final class Veil {

    private static final String MAP = "celery.map";
    /// Take a task and what it is called with, again and again.
    private static final Set<String> MANY = Set.of(MAP, "celery.starmap", "celery.chunks");

    private static final Shift NONE = new Shift(0, 0);
    /// A parent's result may come before the arguments that a signature has.
    private static final Shift PERHAPS_ONE = new Shift(0, 1);

    private final Redaction redaction;
    private final Function<String, @Nullable TaskDefinition> tasks;
    private final Set<String> hidden = new HashSet<>();

    /// @param tasks finds those that are called within arguments
    Veil(Redaction redaction, Function<String, @Nullable TaskDefinition> tasks) {
        this.redaction = redaction;
        this.tasks = tasks;
    }

    /// What a task is called with.
    record Arguments(ArrayNode args, ObjectNode kwargs) {}

    /// How many arguments come before those that are there.
    private record Shift(int least, int most) {}

    /// The same nodes where nothing is hidden.
    ///
    /// @param task its name in the message
    /// @param definition of it, or what stands for one
    Arguments over(String task, TaskDefinition definition, Arguments given) {
        return MANY.contains(task) ? many(task, given) : once(definition, given, NONE);
    }

    /// The texts that were left out.
    Hidden hidden() {
        hidden.remove("");
        return new Hidden(hidden);
    }

    private Arguments once(TaskDefinition task, Arguments given, Shift shift) {
        var places = places(task, given.args.size() + shift.most);
        return new Arguments(args(given.args, places, shift), fields(given.kwargs, (name, value) -> within(value)));
    }

    /// Celery sends `task` and `it` by name; by position they come first.
    private Arguments many(String how, Arguments given) {
        boolean single = how.equals(MAP);
        boolean taskIsNamed = given.kwargs.has("task");
        boolean itemsAreNamed = given.kwargs.has("it");
        var task = taskIsNamed ? given.kwargs.path("task") : given.args.path(0);
        var items = itemsAreNamed ? given.kwargs.path("it") : given.args.path(1);
        var sizes = single ? new Shift(1, 1) : sizes(items);
        var places = places(definition(task.path("task").asText()), sizes.most);
        var shownTask = task instanceof ObjectNode call ? signature(call, sizes) : within(task);
        var shownItems = each(items, item -> single ? shown(item, places.get(0)) : list(item, places));
        var args = elements(
                given.args,
                (place, value) -> place == 0 && !taskIsNamed
                        ? shownTask
                        : place == 1 && !itemsAreNamed ? shownItems : within(value));
        var kwargs = fields(given.kwargs, (name, value) -> switch (name) {
            case "task" -> shownTask;
            case "it" -> shownItems;
            default -> within(value);
        });
        return new Arguments(args, kwargs);
    }

    /// The arguments of one call of many.
    private JsonNode list(JsonNode item, BitSet places) {
        return item instanceof ArrayNode args
                ? args(args, places, NONE)
                : shown(item, item.isObject() && !places.isEmpty());
    }

    private JsonNode within(JsonNode value) {
        return switch (value) {
            case ObjectNode call
            when call.path("task").isTextual() ->
                signature(call, call.path("immutable").asBoolean() ? NONE : PERHAPS_ONE);
            case ObjectNode object -> fields(object, (name, each) -> within(each));
            case ArrayNode array -> elements(array, (place, each) -> within(each));
            default -> value;
        };
    }

    private ObjectNode signature(ObjectNode call, Shift shift) {
        var task = call.path("task").asText();
        var given = new Arguments(
                call.path("args") instanceof ArrayNode args ? args : JsonNodeFactory.instance.arrayNode(),
                call.path("kwargs") instanceof ObjectNode kwargs ? kwargs : JsonNodeFactory.instance.objectNode());
        var shown = MANY.contains(task) ? many(task, given) : once(definition(task), given, shift);
        return fields(
                call,
                (name, value) -> name.equals("args") && value.isArray()
                        ? shown.args
                        : name.equals("kwargs") && value.isObject() ? shown.kwargs : within(value));
    }

    private ArrayNode args(ArrayNode args, BitSet places, Shift shift) {
        return elements(args, (place, value) -> {
            int next = places.nextSetBit(place + shift.least);
            return shown(value, next >= 0 && next <= place + shift.most);
        });
    }

    private JsonNode shown(JsonNode value, boolean hides) {
        if (!hides) {
            return within(value);
        }
        Redaction.texts(value, hidden);
        return TextNode.valueOf(Redaction.NOT_SHOWN);
    }

    private TaskDefinition definition(String task) {
        var found = tasks.apply(task);
        return found == null ? Unregistered.definition() : found;
    }

    /// Those of the first so many that hide what is there.
    private BitSet places(TaskDefinition task, int count) {
        var places = new BitSet();
        for (int place = 0; place < count; place++) {
            places.set(place, redaction.hides(task.argumentName(place)));
        }
        return places;
    }

    private static Shift sizes(JsonNode items) {
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (var item : items) {
            least = Math.min(least, item.size());
            most = Math.max(most, item.size());
        }
        return new Shift(Math.min(least, most), most);
    }

    private JsonNode each(JsonNode items, UnaryOperator<JsonNode> shown) {
        return switch (items) {
            case ArrayNode array -> elements(array, (place, item) -> shown.apply(item));
            case ObjectNode object -> fields(object, (name, item) -> shown.apply(item));
            default -> items;
        };
    }

    private static ArrayNode elements(ArrayNode array, BiFunction<Integer, JsonNode, JsonNode> shown) {
        @Nullable ArrayNode copy = null;
        for (int place = 0; place < array.size(); place++) {
            var value = shown.apply(place, array.get(place));
            if (isOther(value, array.get(place))) {
                copy = copy == null ? array.arrayNode(array.size()).addAll(array) : copy;
                copy.set(place, value);
            }
        }
        return copy == null ? array : copy;
    }

    private ObjectNode fields(ObjectNode object, BiFunction<String, JsonNode, JsonNode> shown) {
        @Nullable ObjectNode copy = null;
        for (var field : object.properties()) {
            var name = field.getKey();
            var value = redaction.hides(name) ? shown(field.getValue(), true) : shown.apply(name, field.getValue());
            if (isOther(value, field.getValue())) {
                copy = copy == null ? object.objectNode().setAll(object) : copy;
                copy.set(name, value);
            }
        }
        return copy == null ? object : copy;
    }

    /// Not by their contents, which would be compared anew at each depth.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isOther(JsonNode one, JsonNode other) {
        return one != other;
    }
}
