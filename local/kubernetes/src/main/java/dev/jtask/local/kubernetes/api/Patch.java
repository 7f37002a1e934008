package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.local.kubernetes.schema.FieldType;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;

/// The patch types of the Kubernetes API that say what to change; server-side apply is none of them.
enum Patch {
    JSON,
    MERGE,
    STRATEGIC;

    static Patch of(String contentType) {
        return switch (contentType.replaceFirst(";.*", "").strip()) {
            case "application/json-patch+json" -> JSON;
            case "application/merge-patch+json" -> MERGE;
            case "application/strategic-merge-patch+json" -> STRATEGIC;
            default -> throw Refusal.unsupportedPatch(contentType);
        };
    }

    JsonNode apply(FieldType type, JsonNode target, JsonNode patch) {
        return switch (this) {
            case JSON -> operations(target, patch);
            case MERGE -> merge(target, patch);
            case STRATEGIC -> StrategicMerge.of(type, target, patch);
        };
    }

    private static JsonNode operations(JsonNode target, JsonNode patch) {
        try {
            return JsonPatch.apply(patch, target);
        } catch (JsonPatchException e) {
            throw Refusal.unprocessable(
                    "the server rejected our request due to an error in our request: " + e.getMessage());
        }
    }

    /// JSON merge patch (RFC 7386): null removes, lists are replaced.
    private static JsonNode merge(JsonNode target, JsonNode patch) {
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
}
