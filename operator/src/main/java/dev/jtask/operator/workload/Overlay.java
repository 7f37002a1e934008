package dev.jtask.operator.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Lays `spec.template` over the pod template as `kubectl` would: objects merge, lists whose entries have a key merge
/// by it, other lists and values replace, null removes.
final class Overlay {

    /// By which fields the entries of a list are one and the same, as the API server keeps them apart.
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("ports", List.of("containerPort", "protocol")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")));

    /// What a field of a key is where it is left out.
    private static final Map<String, JsonNode> DEFAULTS = Map.of("protocol", TextNode.valueOf("TCP"));

    /// Lists whose entries are one of several kinds: a new entry replaces the old one whole, else it would be two
    /// kinds.
    private static final Set<String> REPLACED_WHOLE = Set.of("env", "volumes");

    /// Lists whose new entries are laid over what every container has.
    private static final Set<String> CONTAINERS = Set.of("containers", "initContainers");

    private final KubernetesSerialization json;
    private final ObjectNode container;

    /// @param container what every container has that says nothing else
    Overlay(KubernetesSerialization json, Container container) {
        this.json = json;
        this.container = json.convertValue(container, ObjectNode.class);
    }

    /// @throws IllegalArgumentException when the result is no pod template, with the field
    PodTemplateSpec apply(PodTemplateSpec base, JsonNode overlay) {
        if (!(overlay instanceof ObjectNode changes)) {
            throw new IllegalArgumentException("spec.template must be an object, and is: " + overlay.asText());
        }
        ObjectNode merged = json.convertValue(base, ObjectNode.class);
        merge(merged, changes);
        if (merged.path("spec").isMissingNode()) {
            throw new IllegalArgumentException(
                    "spec.template takes the whole pod away: spec is null; give the fields of it that are to go");
        }
        try {
            return json.convertValue(merged, PodTemplateSpec.class);
        } catch (IllegalArgumentException e) {
            var cause =
                    e.getCause() instanceof JsonProcessingException wrong ? wrong.getOriginalMessage() : e.getMessage();
            throw new IllegalArgumentException("spec.template is not a pod template: " + cause, e);
        }
    }

    private void merge(ObjectNode base, ObjectNode changes) {
        changes.properties().forEach(change -> {
            var name = change.getKey();
            var value = change.getValue();
            if (value.isNull()) {
                base.remove(name);
            } else if (value instanceof ObjectNode inner && base.get(name) instanceof ObjectNode old) {
                merge(old, inner);
            } else if (value instanceof ArrayNode inner && CONTAINERS.contains(name)) {
                mergeLists(name, base.withArrayProperty(name), inner);
            } else if (value instanceof ArrayNode inner
                    && base.get(name) instanceof ArrayNode old
                    && KEYS.containsKey(name)) {
                mergeLists(name, old, inner);
            } else {
                base.set(name, copy(name, value));
            }
        });
    }

    /// What takes away where there is nothing leaves nothing.
    private static JsonNode copy(String name, JsonNode value) {
        if (value instanceof ObjectNode fields) {
            var copy = fields.objectNode();
            fields.properties().stream()
                    .filter(field -> !field.getValue().isNull())
                    .forEach(field -> copy.set(field.getKey(), copy(field.getKey(), field.getValue())));
            return copy;
        }
        if (value instanceof ArrayNode entries) {
            var copy = entries.arrayNode();
            entries.forEach(entry -> copy.add(copy(name, entry)));
            return copy;
        }
        if (value.isNull()) {
            throw new IllegalArgumentException(
                    "spec.template has an entry of %s that is null; take it out".formatted(name));
        }
        return value;
    }

    private void mergeLists(String name, ArrayNode base, ArrayNode changes) {
        for (var change : changes) {
            var index = indexOf(base, KEYS.getOrDefault(name, List.of("name")), change);
            if (index < 0) {
                base.add(CONTAINERS.contains(name) ? added(name, change) : copy(name, change));
            } else if (REPLACED_WHOLE.contains(name) || !(change instanceof ObjectNode object)) {
                base.set(index, copy(name, change));
            } else if (base.get(index) instanceof ObjectNode old) {
                merge(old, object);
            }
        }
    }

    /// A privileged one cannot be kept from escalating, says the API server; one that is to be root is it for what only
    /// root can do.
    private JsonNode added(String name, JsonNode given) {
        var security = given.path("securityContext");
        boolean privileged = security.path("privileged").asBoolean();
        if (privileged || !(given instanceof ObjectNode changes)) {
            return copy(name, given);
        }
        var whole = container.deepCopy();
        boolean root = security.path("runAsUser").asInt(-1) == 0
                || !security.path("runAsNonRoot").asBoolean(true);
        if (root && whole.get("securityContext") instanceof ObjectNode usual) {
            usual.remove("capabilities");
        }
        merge(whole, changes);
        return whole;
    }

    private static int indexOf(ArrayNode list, List<String> keys, JsonNode entry) {
        for (int i = 0; i < list.size(); i++) {
            var candidate = list.get(i);
            if (keys.stream().allMatch(key -> value(candidate, key).equals(value(entry, key)))
                    && entry.has(keys.getFirst())) {
                return i;
            }
        }
        return -1;
    }

    private static JsonNode value(JsonNode entry, String key) {
        var value = entry.path(key);
        return value.isMissingNode() ? DEFAULTS.getOrDefault(key, value) : value;
    }
}
