package dev.jtask.task.request;

import java.time.Duration;
import java.time.Instant;

/// A point in time: a fixed one, or one that is counted from the sending, each time a request is sent.
public sealed interface Moment {

    /// A fixed point in time.
    record At(Instant time) implements Moment {
        @Override
        public Instant from(Instant sending) {
            return time;
        }
    }

    /// So long after the sending.
    record After(Duration delay) implements Moment {
        public After {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("a delay must not be negative: " + delay);
            }
        }

        @Override
        public Instant from(Instant sending) {
            return sending.plus(delay);
        }
    }

    Instant from(Instant sending);
}
