package dev.jtask.autoscaler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One look at a pool.
public sealed interface Sample {

    Replicas replicas();

    /// The broker answered for every queue of the pool.
    ///
    /// @param startupSeconds how long a pod of this pool took from creation to ready, null until one was watched
    record Seen(
            List<QueueSample> queues,
            Replicas replicas,
            @Nullable Double startupSeconds) implements Sample {
        public Seen {
            queues = List.copyOf(queues);
        }
    }

    /// The broker did not answer, or not for every queue.
    ///
    /// @param cause a clause that can follow "the backlog is unknown: "
    record Blind(String cause, Replicas replicas) implements Sample {}
}
