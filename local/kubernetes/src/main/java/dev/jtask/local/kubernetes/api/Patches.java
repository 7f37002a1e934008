package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The patch types of the Kubernetes API as functions on JSON.
final class Patches {

    /// Keys by which lists of objects are merged, as the API's own types declare them.
    private static final List<String> LIST_KEYS = List.of("name", "containerPort", "type", "uid");

    private Patches() {}

    /// JSON merge patch (RFC 7386): null removes, lists are replaced.
    static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode result =
                target instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        changes.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                result.set(change.getKey(), merge(result.path(change.getKey()), change.getValue()));
            }
        });
        return result;
    }

    /// Strategic merge: as [#merge], but lists of objects are merged by their key.
    static JsonNode strategic(JsonNode target, JsonNode patch) {
        return apply(target, JsonNodeFactory.instance.objectNode(), patch, Removal.NULLS);
    }

    /// Server-side apply by one manager: sets what it applies now and removes what it applied before and no longer
    /// does.
    static JsonNode serverSide(JsonNode target, JsonNode appliedBefore, JsonNode applied) {
        return apply(target, appliedBefore, applied, Removal.DROPPED);
    }

    /// What of an applied object no other manager applied as well: only that goes when it is no longer applied.
    static JsonNode ownedAlone(JsonNode applied, JsonNode byOther) {
        if (!(applied instanceof ObjectNode object)) {
            return applied;
        }
        ObjectNode result = object.deepCopy();
        byOther.properties().forEach(shared -> {
            if (result.get(shared.getKey()) instanceof ObjectNode inner) {
                result.set(shared.getKey(), ownedAlone(inner, shared.getValue()));
            } else {
                result.remove(shared.getKey());
            }
        });
        return result;
    }

    private enum Removal {
        NULLS,
        DROPPED
    }

    private static JsonNode apply(JsonNode target, JsonNode before, JsonNode applied, Removal removal) {
        return switch (applied) {
            case ObjectNode object -> applyObject(target, before, object, removal);
            case ArrayNode array -> applyList(target, before, array, removal);
            case JsonNode value -> value;
        };
    }

    private static JsonNode applyObject(JsonNode target, JsonNode before, ObjectNode applied, Removal removal) {
        ObjectNode result =
                target instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        before.properties().forEach(old -> {
            if (!applied.has(old.getKey())) {
                drop(result, old.getKey(), old.getValue());
            }
        });
        applied.properties().forEach(change -> {
            if (removal == Removal.NULLS && change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                result.set(
                        change.getKey(),
                        apply(result.path(change.getKey()), before.path(change.getKey()), change.getValue(), removal));
            }
        });
        return result;
    }

    /// A dropped object takes only what was applied with it: another manager may own the rest.
    private static void drop(ObjectNode from, String name, JsonNode old) {
        if (old instanceof ObjectNode fields && from.get(name) instanceof ObjectNode object) {
            fields.properties().forEach(field -> drop(object, field.getKey(), field.getValue()));
            if (!object.isEmpty()) {
                return;
            }
        }
        from.remove(name);
    }

    private static JsonNode applyList(JsonNode target, JsonNode before, ArrayNode applied, Removal removal) {
        var key = key(applied);
        if (key == null || !(target instanceof ArrayNode current)) {
            return applied;
        }
        Map<String, JsonNode> merged = byKey(current, key);
        Map<String, JsonNode> old = before instanceof ArrayNode list ? byKey(list, key) : Map.of();
        Map<String, JsonNode> fresh = byKey(applied, key);
        old.keySet().stream().filter(name -> !fresh.containsKey(name)).forEach(merged::remove);
        var nothing = JsonNodeFactory.instance.objectNode();
        fresh.forEach((name, item) -> merged.put(
                name, apply(merged.getOrDefault(name, nothing), old.getOrDefault(name, nothing), item, removal)));
        return JsonNodeFactory.instance.arrayNode().addAll(merged.values());
    }

    private static @Nullable String key(ArrayNode list) {
        return LIST_KEYS.stream()
                .filter(name -> !list.isEmpty()
                        && StreamSupport.stream(list.spliterator(), false).allMatch(item -> item.hasNonNull(name)))
                .findFirst()
                .orElse(null);
    }

    private static Map<String, JsonNode> byKey(ArrayNode list, String key) {
        var items = new LinkedHashMap<String, JsonNode>();
        list.forEach(item -> items.put(item.path(key).asText(), item));
        return items;
    }
}
