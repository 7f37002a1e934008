package dev.jtask.local.kubernetes.api;

import java.util.Locale;
import java.util.Optional;

/// A request that the embedded API answered.
///
/// @param userAgent who asked, as clients introduce themselves
/// @param method the HTTP method
/// @param path with its query
/// @param status the HTTP status of the answer
public record ApiRequest(String userAgent, String method, String path, int status) {

    /// What an RBAC rule must grant for it, such as `patch deployments.apps`; empty for discovery.
    public Optional<String> permission() {
        var parsed = ResourcePath.parse(path);
        if (parsed == null) {
            return Optional.empty();
        }
        var group = parsed.group().isEmpty() ? "" : "." + parsed.group();
        var subresource = parsed.subresource().isEmpty() ? "" : "/" + parsed.subresource();
        return Optional.of(verb(parsed) + " " + parsed.plural() + group + subresource);
    }

    private String verb(ResourcePath parsed) {
        return switch (method) {
            case "GET" -> path.contains("watch=true") ? "watch" : parsed.name() == null ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            // an apply that finds nothing needs the right to create
            case "PATCH" -> status == 201 ? "create" : "patch";
            case "DELETE" -> parsed.name() == null ? "deletecollection" : "delete";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }
}
