package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Range;
import dev.jtask.crds.v1alpha1.Durations;
import dev.jtask.crds.v1alpha1.WindowSpec;
import dev.jtask.protocol.cron.CronExpression;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One window, read: open from each of its starts up to its end, that moment not included.
///
/// @param start when it opens
/// @param end when it closes, null where it has a duration
/// @param duration how long it is open, null where it has an end
record Window(
        WindowSpec spec,
        CronExpression start,
        @Nullable CronExpression end,
        @Nullable Duration duration) {

    /// @param maxReplicas of the pool
    /// @throws IllegalArgumentException with a clause that says what is wrong
    static Window read(WindowSpec spec, int maxReplicas) {
        var zone = zone(spec.timeZone());
        var end = spec.end();
        var duration = spec.duration();
        if ((end == null) == (duration == null)) {
            throw new IllegalArgumentException("set exactly one of end and duration");
        }
        var length = duration == null ? null : Durations.parse(duration);
        if (length != null && !length.isPositive()) {
            throw new IllegalArgumentException("set a duration longer than 0s");
        }
        bounds(spec, maxReplicas);
        var opens = new CronExpression(spec.start(), zone);
        var closes = end == null ? null : new CronExpression(end, zone);
        if (closes != null && closes.isSameAs(opens)) {
            throw new IllegalArgumentException(
                    "start and end are the same, so that it is never open: move one of them");
        }
        return new Window(spec, opens, closes, length);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "timeZone '%s' is none that is known; write it as Europe/Berlin or UTC".formatted(name), e);
        }
    }

    private static void bounds(WindowSpec spec, int maxReplicas) {
        var min = spec.minReplicas();
        var max = spec.maxReplicas();
        if (min == null && max == null) {
            throw new IllegalArgumentException("it changes nothing; set minReplicas or maxReplicas");
        }
        if (min != null && max != null && min > max) {
            throw new IllegalArgumentException(
                    "minReplicas %d is greater than its maxReplicas %d; lower the one or raise the other"
                            .formatted(min, max));
        }
        if (min != null && min > maxReplicas) {
            throw new IllegalArgumentException(
                    "minReplicas %d is greater than scaling.maxReplicas %d; lower the one or raise the other"
                            .formatted(min, maxReplicas));
        }
    }

    boolean isOpen(Instant now) {
        return start.last(now)
                .flatMap(this::closing)
                .filter(end -> end.isAfter(now))
                .isPresent();
    }

    /// When it next opens, opens anew, or closes.
    Optional<Instant> change(Instant now) {
        var closes = start.last(now).flatMap(this::closing).filter(end -> end.isAfter(now));
        return Stream.concat(closes.stream(), start.next(now).stream()).min(Instant::compareTo);
    }

    /// Both times of a window may lie in the hour that the clock leaves out: then it closes as it opens.
    private Optional<Instant> closing(Instant opened) {
        return end == null ? Optional.ofNullable(duration).map(opened::plus) : end.next(opened.minusNanos(1));
    }

    Range in(Range range) {
        return range.with(toString(), spec.minReplicas(), spec.maxReplicas());
    }

    /// As sentences name it.
    @Override
    public String toString() {
        return "'%s' (%s)".formatted(spec.start(), spec.timeZone());
    }
}
