package dev.jtask.local.kubernetes.ownership;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The fields that an apply would take from others, in the API server's words.
///
/// @param fields by who owns them, in order
public record Conflicts(Map<Owner, List<String>> fields) {

    /// One of them.
    ///
    /// @param field such as `.spec.replicas`
    public record Cause(String message, String field) {}

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public List<Cause> causes() {
        return fields.entrySet().stream()
                .flatMap(owned -> owned.getValue().stream()
                        .map(field ->
                                new Cause("conflict with " + owned.getKey().text(), field)))
                .toList();
    }

    public String message() {
        var causes = causes();
        if (causes.size() == 1) {
            var only = causes.getFirst();
            return "Apply failed with 1 conflict: %s: %s".formatted(only.message(), only.field());
        }
        return fields.entrySet().stream()
                .flatMap(owned -> Stream.concat(
                        Stream.of("conflicts with %s:".formatted(owned.getKey().text())),
                        owned.getValue().stream().map(field -> "- " + field)))
                .collect(Collectors.joining("\n", "Apply failed with %d conflicts: ".formatted(causes.size()), ""));
    }
}
