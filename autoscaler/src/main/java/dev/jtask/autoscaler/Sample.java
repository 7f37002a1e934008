package dev.jtask.autoscaler;

import java.util.List;
import java.util.Map;

/// One look at a pool.
public sealed interface Sample {

    Replicas replicas();

    /// The broker answered for every queue of the pool.
    ///
    /// @param shares of those queues that other pools consume as well, by queue
    record Seen(List<QueueSample> queues, List<PodSample> pods, Replicas replicas, Map<String, Share> shares)
            implements Sample {
        public Seen {
            queues = List.copyOf(queues);
            pods = List.copyOf(pods);
            shares = Map.copyOf(shares);
        }

        /// Queues that no other pool consumes.
        public Seen(List<QueueSample> queues, List<PodSample> pods, Replicas replicas) {
            this(queues, pods, replicas, Map.of());
        }

        double part(String queue) {
            var share = shares.get(queue);
            return share == null ? 1 : share.part();
        }
    }

    /// The broker did not answer, or not for every queue.
    ///
    /// @param cause a clause that can follow "the backlog is unknown: "
    record Blind(String cause, Replicas replicas) implements Sample {}
}
