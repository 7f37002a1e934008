package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Deletes what is owned by objects that are gone, as a cluster's garbage collector does.
final class Garbage {

    private static final int GENERATIONS = 20;

    private final Store store;
    private final Deletions deletions;

    Garbage(Store store, Deletions deletions) {
        this.store = store;
        this.deletions = deletions;
    }

    /// Until nothing more is without an owner.
    void collect() {
        for (int i = 0; i < GENERATIONS; i++) {
            var orphans = orphans();
            if (orphans.isEmpty()) {
                return;
            }
            orphans.forEach(deletions::remove);
        }
    }

    private List<? extends JsonNode> orphans() {
        var objects = store.all();
        Set<String> alive = new HashSet<>();
        objects.forEach(object -> alive.add(object.at("/metadata/uid").asText()));
        return objects.stream()
                .filter(object -> object.at("/metadata/ownerReferences").size() > 0
                        && object.at("/metadata/deletionTimestamp").isMissingNode())
                .filter(object -> object.at("/metadata/ownerReferences").findValuesAsText("uid").stream()
                        .noneMatch(alive::contains))
                .toList();
    }
}
