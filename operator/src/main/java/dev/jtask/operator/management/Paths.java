package dev.jtask.operator.management;

import dev.jtask.operator.secret.ManagementDoor;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/// Where a management API has what is read of it.
record Paths(ManagementDoor access) {

    private static final Map<String, String> OF_ONE = Map.of("columns", String.join(",", ToldQueue.COLUMNS));

    URI whoami() {
        return URI.create(access.uri() + "/api/whoami");
    }

    /// A page of the vhost's queues.
    URI queues(Map<String, String> parameters) {
        return queues("", parameters);
    }

    URI queue(String name) {
        return queues("/" + encoded(name), OF_ONE);
    }

    private URI queues(String behind, Map<String, String> parameters) {
        var query = parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .sorted()
                .collect(Collectors.joining("&"));
        return URI.create("%s/api/queues/%s%s?%s".formatted(access.uri(), encoded(access.vhost()), behind, query));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
