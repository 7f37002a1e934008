package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Pods that run on a node are deleted in two steps: the first marks them, so that the node ends their processes; the
/// node takes the second one, with a grace period of 0.
final class GracePeriod {

    private static final int DEFAULT_SECONDS = 30;
    /// Keeps fabric8's mock from removing what is marked.
    private static final String FINALIZER = "embedded.jtask.dev/grace-period";

    private GracePeriod() {}

    /// Whether a deletion only marks the object.
    static boolean applies(JsonNode object, JsonNode deleteOptions) {
        return object.path("kind").asText().equals("Pod")
                && object.at("/spec").hasNonNull("nodeName")
                && deleteOptions.path("gracePeriodSeconds").asInt(1) > 0;
    }

    static ObjectNode marked(JsonNode pod, Instant now) {
        ObjectNode marked = pod.deepCopy();
        var metadata = marked.withObjectProperty("metadata");
        if (metadata.hasNonNull("deletionTimestamp")) {
            return marked;
        }
        int seconds = pod.at("/spec/terminationGracePeriodSeconds").asInt(DEFAULT_SECONDS);
        metadata.put(
                "deletionTimestamp",
                now.plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS).toString());
        metadata.put("deletionGracePeriodSeconds", seconds);
        metadata.withArrayProperty("finalizers").add(FINALIZER);
        return marked;
    }

    /// The object as it is to be written for its removal.
    static ObjectNode released(JsonNode pod) {
        ObjectNode released = pod.deepCopy();
        var finalizers = released.withObjectProperty("metadata").withArrayProperty("finalizers");
        for (int i = finalizers.size() - 1; i >= 0; i--) {
            if (finalizers.get(i).asText().equals(FINALIZER)) {
                finalizers.remove(i);
            }
        }
        return released;
    }
}
