package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.Pluralize;
import java.util.Locale;

/// The path of a stored object.
final class Paths {

    private Paths() {}

    static String of(JsonNode object) {
        var version = object.path("apiVersion").asText();
        var namespace = object.at("/metadata/namespace").asText("");
        return (version.contains("/") ? "/apis/" : "/api/")
                + version
                + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
                + "/"
                + Pluralize.toPlural(object.path("kind").asText().toLowerCase(Locale.ROOT))
                + "/"
                + object.at("/metadata/name").asText();
    }
}
