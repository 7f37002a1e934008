package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The status of an object and the rest of it are written apart: each path leaves the other half alone.
final class Halves {

    /// What a write of the status says besides it: which object it means.
    private static final List<String> IDENTIFYING = List.of("name", "namespace", "uid", "resourceVersion");

    private Halves() {}

    /// The object that a write to a path asks for.
    ///
    /// @param sent as the client would have the whole object
    static ObjectNode after(ResourcePath path, ObjectNode live, ObjectNode sent) {
        return path.subresource().equals("status")
                ? replaced("status", sent, live.deepCopy())
                : replaced("status", live, sent.deepCopy());
    }

    /// The part of an applied object that counts.
    static ObjectNode applied(ResourcePath path, ObjectNode sent) {
        var applied = sent.deepCopy();
        if (path.subresource().equals("status")) {
            applied.retain("apiVersion", "kind", "metadata", "status");
            applied.withObjectProperty("metadata").retain(IDENTIFYING);
        } else {
            applied.remove("status");
        }
        return applied;
    }

    private static ObjectNode replaced(String name, JsonNode from, ObjectNode in) {
        in.remove(name);
        if (from.has(name)) {
            in.set(name, from.get(name));
        }
        return in;
    }
}
