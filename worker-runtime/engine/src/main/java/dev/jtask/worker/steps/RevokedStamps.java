package dev.jtask.worker.steps;

import dev.jtask.protocol.message.TaskMessage;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The stamps that somebody revoked: tasks that carry one of them are not run. Kept until the worker ends, the latest
/// 50,000 values of each of at most 100 headers. Safe for any thread.
public final class RevokedStamps {

    private static final int MOST = 50_000;
    private static final int MOST_HEADERS = 100;

    private final Map<String, LinkedHashSet<String>> revoked = new ConcurrentHashMap<>();

    /// @throws IllegalArgumentException when there are too many headers already
    public void add(String header, Collection<String> values) {
        if (!revoked.containsKey(header) && revoked.size() >= MOST_HEADERS) {
            throw new IllegalArgumentException(
                    "stamps of %d headers are revoked already, and no more are kept".formatted(MOST_HEADERS));
        }
        revoked.compute(header, (_, before) -> {
            // a copy, since others may be reading
            var all = before == null ? new LinkedHashSet<String>() : new LinkedHashSet<>(before);
            // the latest wish is the last to go
            values.forEach(all::addLast);
            while (all.size() > MOST) {
                all.removeFirst();
            }
            return all;
        });
    }

    /// By their headers, at most so many in all: the latest of each.
    public Map<String, List<String>> latest(int most) {
        var all = Map.copyOf(revoked);
        int each = most / Math.max(1, all.size());
        var latest = new TreeMap<String, List<String>>();
        all.forEach((header, values) -> latest.put(
                header, values.stream().skip(Math.max(0, values.size() - each)).toList()));
        return latest;
    }

    boolean covers(TaskMessage task) {
        if (revoked.isEmpty() || task.stamps().isEmpty()) {
            return false;
        }
        return task.stamps().entrySet().stream()
                .anyMatch(stamp -> values(stamp.getValue()).stream()
                        .anyMatch(revoked.getOrDefault(stamp.getKey(), new LinkedHashSet<>())::contains));
    }

    /// The values with which a task carries this stamp.
    public static Set<String> of(TaskMessage task, String header) {
        return values(task.stamps().get(header));
    }

    private static Set<String> values(@Nullable Object stamp) {
        return switch (stamp) {
            case null -> Set.of();
            case Collection<?> several -> several.stream().map(String::valueOf).collect(Collectors.toSet());
            default -> Set.of(stamp.toString());
        };
    }
}
