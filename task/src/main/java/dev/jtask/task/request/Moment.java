package dev.jtask.task.request;

import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.json.WireDates;
import java.time.Duration;
import java.time.Instant;

/// A point in time: a fixed one, or one that is counted from the sending, each time a request is sent.
public sealed interface Moment {

    /// A fixed point in time.
    record At(Instant time) implements Moment {
        public At {
            if (!WireDates.isWritable(time)) {
                throw new IllegalArgumentException(
                        "a message says no time but of the years 1 to 9999, not %s".formatted(time));
            }
        }

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
            if (delay.compareTo(Limits.LONGEST) > 0) {
                throw new IllegalArgumentException("a delay must be a hundred years or less: " + delay);
            }
        }

        @Override
        public Instant from(Instant sending) {
            return sending.plus(delay);
        }
    }

    Instant from(Instant sending);
}
