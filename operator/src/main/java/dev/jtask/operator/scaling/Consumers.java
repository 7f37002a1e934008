package dev.jtask.operator.scaling;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.queue.Claims;
import dev.jtask.operator.queue.QueueCleaner;
import dev.jtask.operator.secret.BrokerAccess;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Who else consumes the queues of a pool that is deleted: a pool at zero is no consumer that a broker counts.
final class Consumers {

    private Consumers() {}

    /// @param mine where its own broker was seen
    /// @param all pools that there are
    /// @param brokers where a pool's broker is, empty while that is not known
    /// @param names what a broker calls itself, empty while it does not say
    static Claims of(
            TaskWorkerPool going,
            Set<String> mine,
            Collection<TaskWorkerPool> all,
            Function<ResourceID, Optional<BrokerAccess>> brokers,
            Function<BrokerAccess, Optional<String>> names) {
        var id = ResourceID.fromResource(going);
        var own = brokers.apply(id)
                .filter(access -> access.addresses().equals(mine))
                .orElse(null);
        var said = new HashMap<BrokerAccess, Optional<String>>();
        Function<BrokerAccess, Optional<String>> once = access -> said.computeIfAbsent(access, names);
        var consumed = new TreeMap<String, String>();
        var unsure = new HashSet<String>();
        for (var other : all) {
            var otherId = ResourceID.fromResource(other);
            var shared = new HashSet<>(QueueCleaner.doomed(going));
            shared.retainAll(QueueCleaner.used(other));
            if (otherId.equals(id) || other.isMarkedForDeletion() || shared.isEmpty()) {
                continue;
            }
            var name = "pool " + PoolPlan.name(otherId);
            switch (theirs(own, mine, brokers.apply(otherId).orElse(null), once)) {
                case Theirs.Unknown unknown -> unsure.addAll(shared);
                case Theirs.Other elsewhere -> {}
                case Theirs.Same(var known) ->
                    shared.forEach(queue -> consumed.merge(queue, name + known, (one, more) -> one + " and " + more));
            }
        }
        return new Claims(consumed, unsure);
    }

    /// The broker of another pool beside one's own.
    private sealed interface Theirs {

        /// @param known as what, in words behind the pool's name
        record Same(String known) implements Theirs {}

        record Other() implements Theirs {}

        record Unknown() implements Theirs {}
    }

    /// One broker may be known by many addresses.
    private static Theirs theirs(
            @Nullable BrokerAccess own,
            Set<String> mine,
            @Nullable BrokerAccess theirs,
            Function<BrokerAccess, Optional<String>> names) {
        if (theirs == null) {
            return new Theirs.Unknown();
        }
        if (!Collections.disjoint(theirs.addresses(), mine)) {
            return new Theirs.Same("");
        }
        if (own == null) {
            return new Theirs.Unknown();
        }
        if (Collections.disjoint(theirs.vhosts(), own.vhosts())) {
            return new Theirs.Other();
        }
        var name = names.apply(own);
        var other = names.apply(theirs);
        if (name.isEmpty() || other.isEmpty()) {
            return new Theirs.Unknown();
        }
        return name.equals(other)
                ? new Theirs.Same(" (at %s, which calls itself %s as well)".formatted(theirs.management(), name.get()))
                : new Theirs.Other();
    }
}
