package dev.jtask.operator.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Set;

/// Lays `spec.template` over the pod template as `kubectl` would: objects merge, lists whose entries have a key merge
/// by it, other lists and values replace, null removes.
final class Overlay {

    /// By which field the entries of a list are one and the same.
    static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("containers", "name"),
            Map.entry("initContainers", "name"),
            Map.entry("env", "name"),
            Map.entry("volumes", "name"),
            Map.entry("volumeMounts", "mountPath"),
            Map.entry("volumeDevices", "devicePath"),
            Map.entry("ports", "containerPort"),
            Map.entry("imagePullSecrets", "name"),
            Map.entry("hostAliases", "ip"),
            Map.entry("topologySpreadConstraints", "topologyKey"));

    /// Lists whose entries are one of several kinds: a new entry replaces the old one whole, else it would be two
    /// kinds.
    private static final Set<String> REPLACED_WHOLE = Set.of("env", "volumes");

    private final KubernetesSerialization json;

    Overlay(KubernetesSerialization json) {
        this.json = json;
    }

    /// @throws IllegalArgumentException when the result is no pod template, with the field
    PodTemplateSpec apply(PodTemplateSpec base, JsonNode overlay) {
        if (!(overlay instanceof ObjectNode changes)) {
            throw new IllegalArgumentException("spec.template must be an object");
        }
        ObjectNode merged = json.convertValue(base, ObjectNode.class);
        merge(merged, changes);
        try {
            return json.convertValue(merged, PodTemplateSpec.class);
        } catch (IllegalArgumentException e) {
            var cause =
                    e.getCause() instanceof JsonProcessingException wrong ? wrong.getOriginalMessage() : e.getMessage();
            throw new IllegalArgumentException("spec.template is not a pod template: " + cause, e);
        }
    }

    private static void merge(ObjectNode base, ObjectNode changes) {
        changes.properties().forEach(change -> {
            var name = change.getKey();
            var value = change.getValue();
            if (value.isNull()) {
                base.remove(name);
            } else if (value instanceof ObjectNode inner && base.get(name) instanceof ObjectNode old) {
                merge(old, inner);
            } else if (value instanceof ArrayNode inner
                    && base.get(name) instanceof ArrayNode old
                    && KEYS.containsKey(name)) {
                mergeLists(name, old, inner);
            } else {
                base.set(name, value.deepCopy());
            }
        });
    }

    private static void mergeLists(String name, ArrayNode base, ArrayNode changes) {
        for (var change : changes) {
            var index = indexOf(base, KEYS.getOrDefault(name, "name"), change);
            if (index < 0) {
                base.add(change.deepCopy());
            } else if (REPLACED_WHOLE.contains(name) || !(change instanceof ObjectNode object)) {
                base.set(index, change.deepCopy());
            } else if (base.get(index) instanceof ObjectNode old) {
                merge(old, object);
            }
        }
    }

    private static int indexOf(ArrayNode list, String key, JsonNode entry) {
        for (int i = 0; i < list.size(); i++) {
            if (entry.has(key) && list.get(i).path(key).equals(entry.get(key))) {
                return i;
            }
        }
        return -1;
    }
}
