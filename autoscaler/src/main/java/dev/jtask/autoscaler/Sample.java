package dev.jtask.autoscaler;

import java.util.List;
import java.util.Map;

/// One look at a pool.
public sealed interface Sample {

    Replicas replicas();

    /// The broker answered, and has every queue of the pool; where it has no figures of one, what waits may still be
    /// counted, or nothing is known of it.
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

        /// Whether more is known than what waits.
        boolean isWhole() {
            return queues.stream().allMatch(queue -> queue.ready() != null && queue.unacked() != null);
        }

        /// Those of which it is not even known what waits.
        List<QueueSample> unknown() {
            return queues.stream().filter(queue -> queue.ready() == null).toList();
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
