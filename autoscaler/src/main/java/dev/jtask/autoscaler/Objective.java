package dev.jtask.autoscaler;

import java.time.Duration;

/// What the size of a pool is for.
public sealed interface Objective {

    /// The backlog is gone this long after it appeared, pod start-up included.
    record DrainTime(Duration within) implements Objective {
        public DrainTime {
            if (within.isNegative() || within.isZero()) {
                throw new IllegalArgumentException("drainTime must be positive, not " + within);
            }
        }
    }

    /// So many messages, waiting or in flight, for each pod: the rule of KEDA's QueueLength mode.
    record BacklogPerReplica(int messages) implements Objective {
        public BacklogPerReplica {
            if (messages < 1) {
                throw new IllegalArgumentException("backlogPerReplica must be at least 1, not " + messages);
            }
        }
    }
}
