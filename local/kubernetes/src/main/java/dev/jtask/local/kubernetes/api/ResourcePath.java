package dev.jtask.local.kubernetes.api;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A path of the Kubernetes API taken apart.
///
/// @param collection path of the list it belongs to
/// @param name null for the list itself
/// @param subresource `status`, `scale` or empty
record ResourcePath(
        String group,
        String version,
        @Nullable String namespace,
        String plural,
        String collection,
        @Nullable String name,
        String subresource) {

    private static final Pattern PATH = Pattern.compile(
            "(?<root>/api/(?<core>[^/]+)|/apis/(?<group>[^/]+)/(?<version>[^/]+))(/namespaces/(?<namespace>[^/]+))?"
                    + "/(?<plural>[^/?]+)(/(?<name>[^/?]+)(/(?<sub>[^/?]+))?)?(\\?.*)?");

    static @Nullable ResourcePath parse(String path) {
        var match = PATH.matcher(path);
        if (!match.matches()) {
            return null;
        }
        var core = match.group("core");
        var namespace = match.group("namespace");
        var collection = match.group("root")
                + (namespace == null ? "" : "/namespaces/" + namespace)
                + "/" + match.group("plural");
        return new ResourcePath(
                core == null ? match.group("group") : "",
                core == null ? match.group("version") : core,
                namespace,
                match.group("plural"),
                collection,
                match.group("name"),
                match.group("sub") == null ? "" : match.group("sub"));
    }

    /// Such as `apps/v1`, or `v1` for the core group.
    String groupVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// As messages have it: `deployments.apps`, or `pods` for the core group.
    String groupResource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /// The path of the object without its subresource.
    String object() {
        return collection + "/" + name;
    }
}
