package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The custom resources this server knows, with the defaults that their schemas give.
final class CrdSchemas {

    private final Map<String, JsonNode> byPlural = new ConcurrentHashMap<>();

    /// Takes note of an object that is a definition.
    void learn(ResourcePath path, JsonNode crd) {
        if (!path.plural().equals("customresourcedefinitions")) {
            return;
        }
        byPlural.put(
                crd.at("/spec/group").asText() + "/"
                        + crd.at("/spec/names/plural").asText(),
                crd);
    }

    Collection<JsonNode> all() {
        return byPlural.values();
    }

    @Nullable
    JsonNode find(ResourcePath path) {
        return byPlural.get(path.group() + "/" + path.plural());
    }

    /// Fills in the defaults of the schema, where there is one.
    void fillDefaults(ResourcePath path, ObjectNode resource) {
        var crd = find(path);
        if (crd != null) {
            fill(crd.at("/spec/versions/0/schema/openAPIV3Schema"), resource);
        }
    }

    private static void fill(JsonNode schema, JsonNode value) {
        if (value instanceof ObjectNode object) {
            schema.path("properties").properties().forEach(property -> {
                var fallback = property.getValue().path("default");
                if (!object.has(property.getKey()) && !fallback.isMissingNode()) {
                    object.set(property.getKey(), fallback.deepCopy());
                }
                fill(property.getValue(), object.path(property.getKey()));
            });
        } else if (value instanceof ArrayNode array) {
            array.forEach(item -> fill(schema.path("items"), item));
        }
    }
}
