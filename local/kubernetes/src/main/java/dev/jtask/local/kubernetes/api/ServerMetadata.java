package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What the server keeps in an object's metadata: no write changes it, and a write that was made for another object or
/// another version is refused.
final class ServerMetadata {

    private static final List<String> KEPT = List.of(
            "namespace",
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "generation",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private ServerMetadata() {}

    /// @param options of a deletion
    static void checkPreconditions(ResourcePath path, JsonNode live, JsonNode options) {
        check(path, live, JsonNodeFactory.instance.objectNode().set("metadata", options.path("preconditions")));
    }

    static void check(ResourcePath path, JsonNode live, JsonNode wanted) {
        var uid = live.at("/metadata/uid").asText();
        var wantedUid = wanted.at("/metadata/uid").asText(uid);
        if (!wantedUid.equals(uid)) {
            throw Refusal.conflict(
                    path,
                    "Precondition failed: UID in precondition: %s, UID in object meta: %s".formatted(wantedUid, uid));
        }
        var version = live.at("/metadata/resourceVersion").asText();
        if (!wanted.at("/metadata/resourceVersion").asText(version).equals(version)) {
            throw Refusal.conflict(
                    path,
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
    }

    /// A write that names an object by its uid never makes one, nor does a write to a part of an object.
    static void checkNew(ResourcePath path, JsonNode wanted) {
        if (!path.subresource().isEmpty()) {
            throw Refusal.notFound(path);
        }
        if (wanted.at("/metadata").hasNonNull("uid")) {
            throw Refusal.conflict(
                    path,
                    "uid mismatch: the provided object specified uid %s, and no existing object was found"
                            .formatted(wanted.at("/metadata/uid").asText()));
        }
    }

    /// Takes the server's part over from the object as it is.
    static void keep(JsonNode live, ObjectNode wanted) {
        var metadata = wanted.withObjectProperty("metadata");
        KEPT.forEach(name -> {
            metadata.remove(name);
            if (live.path("metadata").hasNonNull(name)) {
                metadata.set(name, live.path("metadata").get(name));
            }
        });
    }
}
