package dev.jtask.operator.queue;

import dev.jtask.crds.v1alpha1.QueueSpec;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.event.Events;
import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.watch.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Creates the queues that a pool declares and that do not exist; one that exists is never altered.
public final class QueueDeclarer {

    /// A broker that refused once is not asked the same at every tick.
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(30);

    private record Wish(String poolUid, QueueSpec queue) {}

    private record Refusal(String message, Instant until) {}

    private final Map<Wish, Refusal> refusals = new ConcurrentHashMap<>();
    private final Events events;

    public QueueDeclarer(Events events) {
        this.events = events;
    }

    /// @return why a queue could not be created, by queue
    public Map<String, String> declareMissing(TaskWorkerPool pool, ManagementApi api, Probe.Seen seen) {
        refusals.values().removeIf(refusal -> !seen.at().isBefore(refusal.until()));
        var refused = new HashMap<String, String>();
        for (var queue : pool.getSpec().queues()) {
            if (queue.declare() == null || !seen.lacks(queue.name())) {
                continue;
            }
            var wish = new Wish(pool.getMetadata().getUid(), queue);
            if (!refusals.containsKey(wish)) {
                declare(pool, api, queue, wish, seen.at());
            }
            var refusal = refusals.get(wish);
            if (refusal != null) {
                refused.put(queue.name(), refusal.message());
            }
        }
        return refused;
    }

    private void declare(TaskWorkerPool pool, ManagementApi api, QueueSpec queue, Wish wish, Instant now) {
        try {
            for (var declaration : Declarations.of(queue, pool.getSpec().drain())) {
                api.declare(declaration);
                events.publish(
                        pool,
                        Announcement.normal(
                                "QueueDeclared",
                                "queue %s did not exist and was created with %s"
                                        .formatted(declaration.name(), declaration.arguments())));
            }
        } catch (RuntimeException e) {
            // whatever it is, it is this queue's trouble, and the pool is scaled all the same
            refusals.put(wish, new Refusal(String.valueOf(e.getMessage()), now.plus(AGAIN_AFTER)));
        }
    }
}
