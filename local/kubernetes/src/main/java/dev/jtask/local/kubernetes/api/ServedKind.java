package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.stream.Stream;

/// A kind of object that this server serves.
///
/// @param schema its OpenAPI schema; one that says nothing for built-in kinds
record ServedKind(
        String group,
        String version,
        String plural,
        String kind,
        String singular,
        List<String> shortNames,
        List<String> categories,
        Scope scope,
        JsonNode schema) {

    enum Scope {
        NAMESPACED,
        CLUSTER
    }

    private static final List<ServedKind> BUILTINS = List.of(
            builtin("", "pods", "Pod", List.of("po"), List.of("all"), Scope.NAMESPACED),
            builtin("", "secrets", "Secret", List.of(), List.of(), Scope.NAMESPACED),
            builtin("", "configmaps", "ConfigMap", List.of("cm"), List.of(), Scope.NAMESPACED),
            builtin("", "events", "Event", List.of("ev"), List.of(), Scope.NAMESPACED),
            builtin("", "services", "Service", List.of("svc"), List.of("all"), Scope.NAMESPACED),
            builtin("", "namespaces", "Namespace", List.of("ns"), List.of(), Scope.CLUSTER),
            builtin("apps", "deployments", "Deployment", List.of("deploy"), List.of("all"), Scope.NAMESPACED),
            builtin("coordination.k8s.io", "leases", "Lease", List.of(), List.of(), Scope.NAMESPACED),
            builtin("events.k8s.io", "events", "Event", List.of("ev"), List.of(), Scope.NAMESPACED),
            builtin(
                    "apiextensions.k8s.io",
                    "customresourcedefinitions",
                    "CustomResourceDefinition",
                    List.of("crd"),
                    List.of(),
                    Scope.CLUSTER));

    static Stream<ServedKind> all(CrdSchemas crds) {
        return Stream.concat(BUILTINS.stream(), crds.all().stream().map(ServedKind::of));
    }

    /// Such as `apps/v1`, or `v1` for the core group.
    String groupVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// The root of its paths.
    String root() {
        return group.isEmpty() ? "api/" + version : "apis/" + groupVersion();
    }

    private static ServedKind builtin(
            String group, String plural, String kind, List<String> shortNames, List<String> categories, Scope scope) {
        var schema = JsonNodeFactory.instance
                .objectNode()
                .put("type", "object")
                .put("x-kubernetes-preserve-unknown-fields", true);
        return new ServedKind(group, "v1", plural, kind, "", shortNames, categories, scope, schema);
    }

    private static ServedKind of(JsonNode crd) {
        var names = crd.at("/spec/names");
        return new ServedKind(
                crd.at("/spec/group").asText(),
                crd.at("/spec/versions/0/name").asText(),
                names.path("plural").asText(),
                names.path("kind").asText(),
                names.path("singular").asText(),
                texts(names.path("shortNames")),
                texts(names.path("categories")),
                crd.at("/spec/scope").asText().equals("Cluster") ? Scope.CLUSTER : Scope.NAMESPACED,
                crd.at("/spec/versions/0/schema/openAPIV3Schema"));
    }

    private static List<String> texts(JsonNode array) {
        return Stream.iterate(0, index -> index < array.size(), index -> index + 1)
                .map(index -> array.path(index).asText())
                .toList();
    }
}
