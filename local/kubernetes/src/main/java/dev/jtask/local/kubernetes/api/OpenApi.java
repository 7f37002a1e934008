package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// The OpenAPI description as far as kubectl reads it: that the server validates fields itself, and the schemas of
/// custom resources for `kubectl explain`.
final class OpenApi {

    private static final String ROOT = "/openapi/v3";

    private final CrdSchemas schemas;

    OpenApi(CrdSchemas schemas) {
        this.schemas = schemas;
    }

    Optional<JsonNode> answer(String path) {
        if (path.equals(ROOT)) {
            var index = object();
            var paths = index.putObject("paths");
            ServedKind.all(schemas)
                    .map(ServedKind::root)
                    .forEach(root -> paths.putObject(root).put("serverRelativeURL", ROOT + "/" + root));
            return Optional.of(index);
        }
        return Optional.of(document(path.substring(ROOT.length() + 1)));
    }

    private ObjectNode document(String root) {
        var document = object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "embedded");
        var paths = document.putObject("paths");
        var components = document.putObject("components").putObject("schemas");
        ServedKind.all(schemas).filter(kind -> kind.root().equals(root)).forEach(kind -> {
            describe(paths, kind);
            ObjectNode schema = kind.schema().deepCopy();
            schema.putArray("x-kubernetes-group-version-kind").add(groupVersionKind(kind));
            components.set(name(kind), schema);
        });
        return document;
    }

    private static void describe(ObjectNode paths, ServedKind kind) {
        var scope = kind.scope() == ServedKind.Scope.NAMESPACED ? "namespaces/{namespace}/" : "";
        var path = paths.putObject("/%s/%s%s/{name}".formatted(kind.root(), scope, kind.plural()));
        for (var verb : new String[] {"get", "patch"}) {
            var operation = path.putObject(verb).put("x-kubernetes-action", verb);
            operation.set("x-kubernetes-group-version-kind", groupVersionKind(kind));
            operation
                    .putArray("parameters")
                    .addObject()
                    .put("name", "fieldValidation")
                    .put("in", "query");
            operation
                    .putObject("responses")
                    .putObject("200")
                    .put("description", "OK")
                    .putObject("content")
                    .putObject("application/json")
                    .putObject("schema")
                    .put("$ref", "#/components/schemas/" + name(kind));
        }
    }

    private static String name(ServedKind kind) {
        return "dev.jtask.embedded." + kind.version() + "." + kind.kind();
    }

    private static ObjectNode groupVersionKind(ServedKind kind) {
        return object().put("group", kind.group())
                .put("version", kind.version())
                .put("kind", kind.kind());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
