package dev.jtask.benchmarks.chaos;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The queues of a run, by their type and by what their workers do with results.
///
/// @param types `classic`, `quorum` or both
record Queues(List<String> types) {

    /// @param text `classic`, `quorum` or `both`
    static Queues parse(String text) {
        return switch (text) {
            case "classic", "quorum" -> new Queues(List.of(text));
            case "both" -> new Queues(List.of("classic", "quorum"));
            default -> throw new IllegalArgumentException("QUEUES is classic, quorum or both, not " + text);
        };
    }

    /// Those whose results are sent back.
    List<String> answering() {
        return named("rpc");
    }

    /// Those whose results are kept in Redis.
    List<String> keeping() {
        return named("redis");
    }

    List<String> all() {
        return Stream.concat(answering().stream(), keeping().stream()).toList();
    }

    static String dead(String queue) {
        return queue + ".dead";
    }

    /// With what a queue is declared.
    static Map<String, Object> arguments(String queue) {
        return Map.of("x-queue-type", queue.split("-", -1)[1]);
    }

    private List<String> named(String results) {
        return types.stream()
                .map(type -> "chaos-%s-%s".formatted(type, results))
                .toList();
    }
}
