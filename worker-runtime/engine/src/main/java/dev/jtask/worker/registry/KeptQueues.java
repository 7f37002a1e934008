package dev.jtask.worker.registry;

import java.util.ArrayList;
import java.util.List;

/// The queues whose failed tasks a worker keeps, by name: `orders,mail.*`, or `*` for all.
///
/// @param patterns in which `*` is anything
public record KeptQueues(List<String> patterns) {

    /// Only tasks that wish it themselves are kept.
    public static final KeptQueues NONE = new KeptQueues(List.of());

    /// @throws IllegalArgumentException when one is blank
    public KeptQueues {
        patterns = List.copyOf(patterns);
        if (patterns.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "write names of queues with commas between, in which * is anything, such as orders,mail.*");
        }
    }

    /// @throws IllegalArgumentException when one is blank
    public static KeptQueues parse(String text) {
        var patterns = new ArrayList<String>();
        for (var part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            patterns.add(part.strip());
        }
        return new KeptQueues(patterns);
    }

    /// Whether failed tasks of this queue are kept.
    public boolean has(String queue) {
        return patterns.stream().anyMatch(pattern -> new Glob(pattern).matches(queue));
    }
}
