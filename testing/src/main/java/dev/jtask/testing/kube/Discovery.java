package dev.jtask.testing.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// What kubectl and clients ask a server first: which groups, versions and resources there are.
final class Discovery {

    private record Builtin(
            String group, String version, String plural, String kind, String shortName, boolean namespaced) {}

    private static final List<Builtin> BUILTINS = List.of(
            new Builtin("", "v1", "pods", "Pod", "po", true),
            new Builtin("", "v1", "secrets", "Secret", "", true),
            new Builtin("", "v1", "configmaps", "ConfigMap", "cm", true),
            new Builtin("", "v1", "events", "Event", "ev", true),
            new Builtin("", "v1", "services", "Service", "svc", true),
            new Builtin("", "v1", "namespaces", "Namespace", "ns", false),
            new Builtin("apps", "v1", "deployments", "Deployment", "deploy", true),
            new Builtin("coordination.k8s.io", "v1", "leases", "Lease", "", true),
            new Builtin("events.k8s.io", "v1", "events", "Event", "ev", true),
            new Builtin(
                    "apiextensions.k8s.io",
                    "v1",
                    "customresourcedefinitions",
                    "CustomResourceDefinition",
                    "crd",
                    false));

    private final CrdSchemas schemas;

    Discovery(CrdSchemas schemas) {
        this.schemas = schemas;
    }

    Optional<JsonNode> answer(String path) {
        var bare = path.replaceAll("\\?.*", "");
        return switch (bare) {
            case "/version" ->
                Optional.of(object().put("major", "1").put("minor", "36").put("gitVersion", "v1.36.0-jtask-embedded"));
            case "/api" -> {
                var versions = object().put("kind", "APIVersions");
                versions.putArray("versions").add("v1");
                yield Optional.of(versions);
            }
            case "/apis" -> Optional.of(groups());
            case String other when other.matches("/api/v1|/apis/[^/]+/[^/]+") -> Optional.of(resources(other));
            default -> Optional.empty();
        };
    }

    private ObjectNode groups() {
        var list = object().put("kind", "APIGroupList").put("apiVersion", "v1");
        var groups = list.putArray("groups");
        BUILTINS.stream()
                .filter(each -> !each.group().isEmpty())
                .map(each -> each.group() + "/" + each.version())
                .distinct()
                .forEach(version -> group(groups, version));
        schemas.all().stream()
                .map(crd -> crd.at("/spec/group").asText() + "/"
                        + crd.at("/spec/versions/0/name").asText())
                .distinct()
                .forEach(version -> group(groups, version));
        return list;
    }

    private static void group(ArrayNode groups, String groupVersion) {
        var parts = groupVersion.split("/", 2);
        var version = object().put("groupVersion", groupVersion).put("version", parts[1]);
        var group = groups.addObject().put("name", parts[0]);
        group.putArray("versions").add(version);
        group.set("preferredVersion", version);
    }

    private ObjectNode resources(String path) {
        var groupVersion = path.replaceFirst("/apis?/", "");
        var list =
                object().put("kind", "APIResourceList").put("apiVersion", "v1").put("groupVersion", groupVersion);
        var resources = list.putArray("resources");
        for (var each : BUILTINS) {
            if (groupVersion.equals(each.group().isEmpty() ? each.version() : each.group() + "/" + each.version())) {
                resource(resources, each.plural(), each.kind(), each.namespaced())
                        .putArray("shortNames")
                        .add(each.shortName());
            }
        }
        for (var crd : schemas.all()) {
            if (groupVersion.equals(crd.at("/spec/group").asText() + "/"
                    + crd.at("/spec/versions/0/name").asText())) {
                var names = crd.at("/spec/names");
                var entry = resource(
                        resources,
                        names.path("plural").asText(),
                        names.path("kind").asText(),
                        true);
                entry.set("shortNames", names.path("shortNames"));
                entry.set("categories", names.path("categories"));
                entry.put("singularName", names.path("singular").asText());
            }
        }
        return list;
    }

    private static ObjectNode resource(ArrayNode into, String plural, String kind, boolean namespaced) {
        var entry = into.addObject()
                .put("name", plural)
                .put("singularName", "")
                .put("namespaced", namespaced)
                .put("kind", kind);
        var verbs = entry.putArray("verbs");
        List.of("create", "delete", "get", "list", "patch", "update", "watch").forEach(verbs::add);
        return entry;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
