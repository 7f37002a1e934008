package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// What kubectl and clients ask a server first: which groups, versions and resources there are.
final class Discovery {

    private static final List<String> VERBS = List.of("create", "delete", "get", "list", "patch", "update", "watch");

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
            case String openApi when openApi.startsWith("/openapi/v3") -> new OpenApi(schemas).answer(openApi);
            case String other when other.matches("/api/v1|/apis/[^/]+/[^/]+") -> Optional.of(resources(other));
            default -> Optional.empty();
        };
    }

    private ObjectNode groups() {
        var list = object().put("kind", "APIGroupList").put("apiVersion", "v1");
        var groups = list.putArray("groups");
        ServedKind.all(schemas)
                .filter(kind -> !kind.group().isEmpty())
                .map(ServedKind::groupVersion)
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
        ServedKind.all(schemas)
                .filter(kind -> kind.groupVersion().equals(groupVersion))
                .forEach(kind -> resource(resources.addObject(), kind));
        return list;
    }

    private static void resource(ObjectNode entry, ServedKind kind) {
        entry.put("name", kind.plural())
                .put("singularName", kind.singular())
                .put("namespaced", kind.scope() == ServedKind.Scope.NAMESPACED)
                .put("kind", kind.kind());
        VERBS.forEach(entry.putArray("verbs")::add);
        kind.shortNames().forEach(entry.putArray("shortNames")::add);
        kind.categories().forEach(entry.putArray("categories")::add);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
