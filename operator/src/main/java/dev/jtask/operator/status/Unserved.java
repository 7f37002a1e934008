package dev.jtask.operator.status;

import dev.jtask.autoscaler.QueueSample;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The queues that pods which are ready do not consume, and would if they could.
///
/// That a queue has no consumer says little: all queues of a worker share one window, which has a message for
/// each slot where tasks are long, and a queue without a part of it has no consumer. Those with work have theirs
/// first, and what runs without an open delivery, as its message is parked, takes a part as well.
final class Unserved {

    private Unserved() {}

    /// @param queues of the pool
    /// @param pods that are ready
    /// @param slots of each
    static List<String> among(List<QueueSample> queues, int pods, int slots) {
        var without = queues.stream()
                .filter(queue -> Objects.equals(queue.consumers(), 0L))
                .toList();
        long held = queues.stream().mapToLong(queue -> known(queue.unacked())).sum();
        boolean takesNothing = held == 0 && without.size() == queues.size();
        // whatever is held where: each pod has a slot for each of the queues
        boolean hasRoom = held <= (long) pods * (slots - queues.size());
        return without.stream()
                .filter(queue -> takesNothing || (hasRoom && known(queue.told()) > 0))
                .map(QueueSample::name)
                .toList();
    }

    private static long known(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
