package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.local.kubernetes.schema.CrdTypes;
import dev.jtask.local.kubernetes.schema.FieldType;
import dev.jtask.local.kubernetes.schema.ModelTypes;

/// The types of the objects that this server has.
final class Schemas {

    private final CrdSchemas crds;

    Schemas(CrdSchemas crds) {
        this.crds = crds;
    }

    /// Whether a definition in this server says what the objects look like.
    boolean isCustom(ResourcePath path) {
        return crds.find(path) != null;
    }

    /// The type of an object; without a schema it may be anything.
    FieldType of(ResourcePath path, JsonNode object) {
        var crd = crds.find(path);
        return crd != null
                ? CrdTypes.of(crd.at("/spec/versions/0/schema/openAPIV3Schema"))
                : ModelTypes.of(path.groupVersion(), object.path("kind").asText())
                        .orElseGet(FieldType.Anything::new);
    }
}
