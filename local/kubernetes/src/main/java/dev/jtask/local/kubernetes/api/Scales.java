package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;

/// The scale subresource (`autoscaling/v1`) of anything with `spec.replicas`.
final class Scales {

    private Scales() {}

    static ObjectNode read(JsonNode object) {
        var scale = JsonNodeFactory.instance.objectNode();
        scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        var metadata = scale.putObject("metadata");
        for (var name : new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
            if (object.at("/metadata").has(name)) {
                metadata.set(name, object.at("/metadata").get(name));
            }
        }
        scale.putObject("spec").put("replicas", object.at("/spec/replicas").asInt(0));
        var status = scale.putObject("status")
                .put("replicas", object.at("/status/replicas").asInt(0));
        var selector = object.at("/status/selector").asText("");
        if (selector.isEmpty()) {
            selector = object.at("/spec/selector/matchLabels").properties().stream()
                    .map(label -> label.getKey() + "=" + label.getValue().asText())
                    .collect(Collectors.joining(","));
        }
        status.put("selector", selector);
        return scale;
    }

    static ObjectNode write(JsonNode object, JsonNode scale) {
        ObjectNode changed = object.deepCopy();
        changed.withObjectProperty("spec").set("replicas", scale.at("/spec/replicas"));
        return changed;
    }
}
