package dev.jtask.autoscaler;

import java.util.List;

/// One look at a pool.
public sealed interface Sample {

    Replicas replicas();

    /// The broker answered for every queue of the pool.
    record Seen(List<QueueSample> queues, List<PodSample> pods, Replicas replicas) implements Sample {
        public Seen {
            queues = List.copyOf(queues);
            pods = List.copyOf(pods);
        }
    }

    /// The broker did not answer, or not for every queue.
    ///
    /// @param cause a clause that can follow "the backlog is unknown: "
    record Blind(String cause, Replicas replicas) implements Sample {}
}
