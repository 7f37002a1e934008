package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Share;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a pool can do for the queues it consumes, so that pools on one queue share it.
///
/// @param pool as sentences name it
/// @param doors where its broker is, without credentials: pools are at one broker when one of them is the same
/// @param slots of a pod
/// @param ready pods that work
/// @param most pods that it may have; those it has where the operator does not scale it
/// @param full whether it asks for all that it can get now, be they ready or not
record Capacity(String pool, Set<String> doors, Set<String> queues, int slots, int ready, int most, boolean full) {

    Capacity {
        doors = Set.copyOf(doors);
        queues = Set.copyOf(queues);
    }

    /// The pool's parts of those of its queues that others consume as well.
    Map<String, Share> among(Collection<Capacity> others) {
        var shares = new HashMap<String, Share>();
        for (var queue : queues) {
            var sharing = others.stream()
                    .filter(other -> other.queues.contains(queue) && !Collections.disjoint(doors, other.doors))
                    .toList();
            if (!sharing.isEmpty()) {
                shares.put(queue, part(sharing));
            }
        }
        return shares;
    }

    private Share part(List<Capacity> others) {
        var all = Stream.concat(Stream.of(this), others.stream()).toList();
        var running = all.stream().filter(each -> each.ready > 0).toList();
        boolean full = running.stream().allMatch(Capacity::full);
        double sum = all.stream()
                .mapToDouble(each -> each.weight(running.isEmpty(), full))
                .sum();
        return new Share(
                sum == 0 ? 1 : weight(running.isEmpty(), full) / sum,
                others.stream().map(each -> "pool " + each.pool).sorted().collect(Collectors.joining(" and ")));
    }

    /// By what runs; by what may run while nothing does. Where those that run cannot grow, a pool that is empty counts
    /// as one pod, so that it starts.
    private double weight(boolean nothingRuns, boolean full) {
        if (nothingRuns) {
            return (double) most * slots;
        }
        return ready > 0 ? (double) ready * slots : full && most > 0 ? slots : 0;
    }
}
