package dev.jtask.schedule;

import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.json.WireDates;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When something is due.
public sealed interface Timetable permits Timetable.Every, Timetable.At, CronTimetable {

    /// The first time after the given one; empty when there is none.
    Optional<Instant> next(Instant after);

    /// From where times count for a schedule that is new.
    default Instant start(Instant now) {
        return now;
    }

    /// At a fixed distance from the last time.
    ///
    /// @param period a second to a hundred years
    record Every(Duration period) implements Timetable {

        private static final Duration LEAST = Duration.ofSeconds(1);

        public Every {
            if (period.compareTo(LEAST) < 0) {
                throw new IllegalArgumentException("a period must be a second or more, not " + period);
            }
            if (period.compareTo(Limits.LONGEST) > 0) {
                throw new IllegalArgumentException("a period must be a hundred years or less, not " + period);
            }
        }

        @Override
        public Optional<Instant> next(Instant after) {
            return Optional.of(after.plus(period));
        }
    }

    /// Once; a time that has passed already was missed.
    record At(Instant time) implements Timetable {

        public At {
            if (!WireDates.isWritable(time)) {
                throw new IllegalArgumentException(
                        "a schedule has a time of the years 1 to 9999, not %s".formatted(time));
            }
        }

        @Override
        public Instant start(Instant now) {
            return time.isAfter(now) ? now : time.minusNanos(1);
        }

        @Override
        public Optional<Instant> next(Instant after) {
            return time.isAfter(after) ? Optional.of(time) : Optional.empty();
        }
    }
}
