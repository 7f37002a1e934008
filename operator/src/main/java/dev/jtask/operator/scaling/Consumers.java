package dev.jtask.operator.scaling;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.queue.Claims;
import dev.jtask.operator.queue.QueueCleaner;
import dev.jtask.operator.secret.BrokerAccess;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// Who else consumes the queues of a pool that is deleted: a pool at zero is no consumer that a broker counts.
final class Consumers {

    private Consumers() {}

    /// @param mine where its own broker is
    /// @param all pools that there are
    /// @param brokers where a pool's broker is, empty while that is not known
    static Claims of(
            TaskWorkerPool going,
            Set<String> mine,
            Collection<TaskWorkerPool> all,
            Function<ResourceID, Optional<BrokerAccess>> brokers) {
        var id = ResourceID.fromResource(going);
        var consumed = new TreeMap<String, String>();
        var unsure = new HashSet<String>();
        for (var other : all) {
            var otherId = ResourceID.fromResource(other);
            if (otherId.equals(id) || other.isMarkedForDeletion()) {
                continue;
            }
            var shared = new HashSet<>(QueueCleaner.doomed(going));
            shared.retainAll(QueueCleaner.used(other));
            var doors = brokers.apply(otherId).map(BrokerAccess::addresses);
            if (doors.isEmpty()) {
                unsure.addAll(shared);
            } else if (!Collections.disjoint(doors.get(), mine)) {
                var name = "pool " + PoolPlan.name(otherId);
                shared.forEach(queue -> consumed.merge(queue, name, (one, more) -> one + " and " + more));
            }
        }
        return new Claims(consumed, unsure);
    }
}
