package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Share;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What each pool last said that it can do. Found by queue: of a thousand pools few share one.
final class Neighbours {

    private final Map<ResourceID, Capacity> all = new ConcurrentHashMap<>();
    private final Map<String, Map<ResourceID, Capacity>> consumers = new ConcurrentHashMap<>();

    /// @return the pool's parts of the queues that others consume as well
    Map<String, Share> shares(ResourceID pool, Capacity capacity) {
        var before = all.put(pool, capacity);
        if (!capacity.equals(before)) {
            // at no moment is it missing from a queue that it goes on with
            capacity.queues().forEach(queue -> join(queue, pool, capacity));
            leave(pool, before == null ? Set.of() : without(before.queues(), capacity.queues()));
        }
        var others = new HashMap<ResourceID, Capacity>();
        capacity.queues().forEach(queue -> others.putAll(consumers.getOrDefault(queue, Map.of())));
        others.remove(pool);
        return others.isEmpty() ? Map.of() : capacity.among(others.values());
    }

    void forget(ResourceID pool) {
        var before = all.remove(pool);
        if (before != null) {
            leave(pool, before.queues());
        }
    }

    private static Set<String> without(Set<String> queues, Set<String> those) {
        var left = new HashSet<>(queues);
        left.removeAll(those);
        return left;
    }

    private void join(String queue, ResourceID pool, Capacity capacity) {
        consumers.compute(queue, (name, known) -> {
            var pools = known == null ? new ConcurrentHashMap<ResourceID, Capacity>() : known;
            pools.put(pool, capacity);
            return pools;
        });
    }

    private void leave(ResourceID pool, Set<String> queues) {
        queues.forEach(queue -> consumers.computeIfPresent(queue, (name, pools) -> {
            pools.remove(pool);
            return pools.isEmpty() ? null : pools;
        }));
    }
}
