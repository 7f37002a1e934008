package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;

/// Deletes objects, at once or in steps: finalizers and the grace period of pods hold them.
final class Deletions {

    private final Store store;
    private final Clock clock;

    Deletions(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    JsonNode delete(Call call) {
        var path = call.path();
        var options = Answers.parse(call.body());
        var live = store.find(path.object()).orElseThrow(() -> Refusal.notFound(path));
        ServerMetadata.checkPreconditions(path, live, options);
        if (call.isDryRun() || options.at("/dryRun/0").asText().equals(Call.ALL)) {
            return live;
        }
        if (!Finalizers.hold(live)) {
            return remove(path.object(), live, options);
        }
        var marked = Finalizers.marked(live, clock.instant());
        return marked.equals(live) ? live : store.replace(path.object(), marked);
    }

    /// Removes an object whose owner is gone.
    void remove(JsonNode orphan) {
        remove(Paths.of(orphan), (ObjectNode) orphan, JsonNodeFactory.instance.objectNode());
    }

    private ObjectNode remove(String path, ObjectNode live, JsonNode options) {
        if (GracePeriod.applies(live, options)) {
            store.replace(path, GracePeriod.marked(live, clock.instant()));
            return live;
        }
        var released = GracePeriod.released(live);
        if (!live.at("/metadata/deletionTimestamp").isMissingNode() && !released.equals(live)) {
            return store.replace(path, released);
        }
        store.delete(path);
        return live;
    }
}
