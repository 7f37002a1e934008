package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/// The names of new objects.
final class Names {

    private static final int RANDOM = 5;

    private Names() {}

    /// The object with a name, made up if it only has a `generateName`, in the namespace of its path.
    static ObjectNode given(ResourcePath path, ObjectNode object) {
        var metadata = object.withObjectProperty("metadata");
        if (!metadata.hasNonNull("name") && metadata.hasNonNull("generateName")) {
            var random = UUID.randomUUID().toString().substring(0, RANDOM);
            metadata.put("name", metadata.get("generateName").asText() + random);
        }
        if (path.namespace() != null) {
            metadata.put("namespace", path.namespace());
        }
        return object;
    }
}
