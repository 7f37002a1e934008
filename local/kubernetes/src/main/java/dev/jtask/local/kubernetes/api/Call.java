package dev.jtask.local.kubernetes.api;

import dev.jtask.local.kubernetes.ownership.Owner;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A request for objects, taken apart.
///
/// @param path which object or list it is about
/// @param query its parameters, decoded
/// @param userAgent who asks, as clients introduce themselves
record Call(ResourcePath path, Map<String, String> query, String contentType, String userAgent, String body) {

    /// The one value of `dryRun`: all of the request but what it would store.
    static final String ALL = "All";

    /// @throws Refusal when the path is none of an object or a list
    static Call of(RecordedRequest request) {
        var path = ResourcePath.parse(request.getPath());
        if (path == null) {
            throw Refusal.unknownPath(request.getPath());
        }
        return new Call(
                path,
                query(request.getPath()),
                Optional.ofNullable(request.getHeader("Content-Type")).orElse(""),
                Optional.ofNullable(request.getHeader("User-Agent")).orElse("unknown"),
                request.getUtf8Body());
    }

    /// Who owns the fields that this writes.
    Owner owner(Owner.Operation operation) {
        // without a name of its own a client is known by its program's
        var manager = query.getOrDefault("fieldManager", userAgent.replaceFirst("/.*", ""));
        return new Owner(operation, manager, path.groupVersion(), path.subresource());
    }

    boolean isStrict() {
        return query.getOrDefault("fieldValidation", "Warn").equals("Strict");
    }

    /// Whether the answer alone is wanted: nothing is stored.
    boolean isDryRun() {
        return query.getOrDefault("dryRun", "").equals(ALL);
    }

    private static Map<String, String> query(String path) {
        return Arrays.stream(path.replaceFirst("[^?]*\\??", "").split("&"))
                .map(parameter -> parameter.split("=", 2))
                .filter(parameter -> parameter.length == 2)
                .collect(Collectors.toMap(
                        parameter -> parameter[0],
                        parameter -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8),
                        (one, other) -> other));
    }
}
