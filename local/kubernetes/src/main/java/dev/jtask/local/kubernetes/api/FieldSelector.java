package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The field selector of a list of events: fabric8's mock knows those of metadata only, and `kubectl describe` asks for
/// the events of an object by `involvedObject`.
///
/// @param fields the value that each field must have
/// @param bare the request's path without the selector
record FieldSelector(Map<String, String> fields, String bare) {

    private static final Pattern SELECTOR = Pattern.compile("([?&])fieldSelector=([^&]*)&?");

    static Optional<FieldSelector> ofEvents(String path) {
        var match = SELECTOR.matcher(path);
        if (!path.contains("/events?") || path.contains("watch=true") || !match.find()) {
            return Optional.empty();
        }
        var fields = Arrays.stream(URLDecoder.decode(match.group(2), StandardCharsets.UTF_8)
                        .split(",", -1))
                .map(field -> field.split("==?", 2))
                .filter(field -> field.length == 2)
                .collect(Collectors.toMap(field -> field[0], field -> field[1], (one, other) -> other));
        return Optional.of(new FieldSelector(fields, match.replaceFirst("$1")));
    }

    /// The list with only those items that match.
    JsonNode filter(JsonNode list) {
        ObjectNode filtered = list.deepCopy();
        if (filtered.path("items") instanceof ArrayNode items) {
            for (int i = items.size() - 1; i >= 0; i--) {
                if (!matches(items.get(i))) {
                    items.remove(i);
                }
            }
        }
        return filtered;
    }

    private boolean matches(JsonNode item) {
        return fields.entrySet().stream()
                .allMatch(field ->
                        item.at("/" + field.getKey().replace('.', '/')).asText().equals(field.getValue()));
    }
}
