package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Share;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What each pool last said that it can do.
final class Neighbours {

    private final Map<ResourceID, Capacity> all = new ConcurrentHashMap<>();

    /// @return the pool's parts of the queues that others consume as well
    Map<String, Share> shares(ResourceID pool, Capacity capacity) {
        all.put(pool, capacity);
        return capacity.among(all.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(pool))
                .map(Map.Entry::getValue)
                .toList());
    }

    void forget(ResourceID pool) {
        all.remove(pool);
    }
}
