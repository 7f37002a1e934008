package dev.jtask.operator.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Objects;
import java.util.Set;

/// Whether a running Deployment is what was asked for, so that nothing is written when it is.
///
/// It is when it carries the digest of the same request (which sees fields that were taken away) and everything in the
/// request is still in it (which sees what others changed since). What the API server added does not matter.
public final class Drift {

    private static final Set<String> QUANTITIES = Set.of("limits", "requests", "sizeLimit");

    private final KubernetesSerialization json;

    public Drift(KubernetesSerialization json) {
        this.json = json;
    }

    public boolean isNone(Deployment desired, Deployment actual) {
        var applied = actual.getMetadata().getAnnotations();
        return applied != null
                && Objects.equals(
                        applied.get(Labels.APPLIED),
                        desired.getMetadata().getAnnotations().get(Labels.APPLIED))
                && contains("", json.convertValue(actual, JsonNode.class), json.convertValue(desired, JsonNode.class));
    }

    private static boolean contains(String name, JsonNode actual, JsonNode desired) {
        return switch (desired) {
            case ObjectNode wanted ->
                wanted.properties().stream()
                        .allMatch(field -> contains(
                                QUANTITIES.contains(name) ? name : field.getKey(),
                                actual.path(field.getKey()),
                                field.getValue()));
            case ArrayNode wanted -> containsAll(name, actual, wanted);
            default -> actual.equals(desired) || same(name, actual, desired) || isEmpty(actual, desired);
        };
    }

    private static boolean containsAll(String name, JsonNode actual, ArrayNode wanted) {
        var key = Overlay.KEYS.get(name);
        for (int i = 0; i < wanted.size(); i++) {
            var item = wanted.get(i);
            var found = key == null ? actual.path(i) : byKey(actual, key, item);
            if (!contains(name, found, item)) {
                return false;
            }
        }
        return key != null || actual.size() == wanted.size();
    }

    private static JsonNode byKey(JsonNode list, String key, JsonNode item) {
        for (var candidate : list) {
            if (candidate.path(key).equals(item.path(key))) {
                return candidate;
            }
        }
        return list.path("absent");
    }

    /// The API server rewrites 1000m as 1.
    private static boolean same(String name, JsonNode actual, JsonNode desired) {
        return QUANTITIES.contains(name)
                && actual.isValueNode()
                && !actual.asText().isEmpty()
                && Quantity.parse(actual.asText()).equals(Quantity.parse(desired.asText()));
    }

    /// The API server leaves out what is false or empty.
    private static boolean isEmpty(JsonNode actual, JsonNode desired) {
        var nothing = (desired.isBoolean() && !desired.asBoolean())
                || (desired.isTextual() && desired.asText().isEmpty());
        return actual.isMissingNode() && nothing;
    }
}
