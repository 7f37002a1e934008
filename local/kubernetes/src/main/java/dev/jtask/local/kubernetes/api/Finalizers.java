package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Deleting an object with finalizers only marks it; it goes when the last of them does.
final class Finalizers {

    private Finalizers() {}

    /// Whether finalizers keep the object; pods have [GracePeriod].
    static boolean hold(JsonNode object) {
        return object.at("/metadata/finalizers").size() > 0
                && !object.path("kind").asText().equals("Pod");
    }

    static ObjectNode marked(JsonNode object, Instant now) {
        ObjectNode marked = object.deepCopy();
        var metadata = marked.withObjectProperty("metadata");
        if (!metadata.hasNonNull("deletionTimestamp")) {
            metadata.put(
                    "deletionTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
            metadata.put("generation", metadata.path("generation").asLong() + 1);
            metadata.remove("resourceVersion");
        }
        return marked;
    }
}
