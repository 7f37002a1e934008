package dev.jtask.protocol.cron;

import dev.jtask.protocol.cron.CronField.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The times that five fields of Unix cron name on a zone's wall clock; `client`'s `CronTimetable` says to its users
/// how they are read.
public final class CronExpression {

    private static final int FIELDS = 5;
    /// After 28 years weekdays fall on the same dates again; 1900 and 2100, without a leap day, want some more.
    private static final int YEARS = 40;

    private static final Map<String, String> NICKNAMES = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");

    private static final Duration LONGEST_GAP = Duration.ofHours(3);
    /// Looking back goes in widening steps, so that few times lie between what it finds and the last.
    private static final Duration SHORTEST_SEARCH = Duration.ofHours(1);
    private static final int SEARCH_WIDENS = 4;
    private static final Duration LONGEST_SEARCH = Duration.ofDays(366L * YEARS);
    private static final LocalDate ANY_DAY = LocalDate.of(2024, 1, 1);

    private final CronField minutes;
    private final CronField hours;
    private final CronField days;
    private final CronField months;
    private final CronField weekdays;
    private final ZoneId zone;

    /// @param zone whose wall clock counts
    /// @throws IllegalArgumentException when the expression is not one, or names a day that never comes
    public CronExpression(String expression, ZoneId zone) {
        try {
            var fields = fields(expression.strip());
            minutes = CronField.parse(Kind.MINUTE, fields[0]);
            hours = CronField.parse(Kind.HOUR, fields[1]);
            days = CronField.parse(Kind.DAY, fields[2]);
            months = CronField.parse(Kind.MONTH, fields[3]);
            weekdays = CronField.parse(Kind.WEEKDAY, fields[4]);
            this.zone = zone;
            if (dates(ANY_DAY).findFirst().isEmpty()) {
                throw new IllegalArgumentException("that day never comes");
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' is no cron expression of five fields (minute hour day month weekday): %s"
                            .formatted(expression, e.getMessage()),
                    e);
        }
    }

    private static String[] fields(String text) {
        var known = NICKNAMES.get(text.toLowerCase(Locale.ROOT));
        if (known == null && text.startsWith("@")) {
            throw new IllegalArgumentException(
                    "known with @ are @hourly, @daily or @midnight, @weekly, @monthly, @yearly or @annually; a schedule has every for a period");
        }
        var fields = (known == null ? text : known).split("\\s+", -1);
        if (fields.length == FIELDS + 1) {
            throw new IllegalArgumentException("it has 6; without the seconds of Quartz and Spring it is '%s'"
                    .formatted(String.join(" ", List.of(fields).subList(1, fields.length))));
        }
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("it has %d".formatted(fields.length));
        }
        return fields;
    }

    /// Whether both name the same times, however they are written.
    public boolean isSameAs(CronExpression other) {
        return minutes.equals(other.minutes)
                && hours.equals(other.hours)
                && days.equals(other.days)
                && months.equals(other.months)
                && weekdays.equals(other.weekdays)
                && zone.equals(other.zone);
    }

    /// The first time after the given one; empty when there is none.
    public Optional<Instant> next(Instant after) {
        // a time that the clock left out may come after its hour
        var from = after.atZone(zone).toLocalDateTime().minus(LONGEST_GAP);
        return dates(from.toLocalDate())
                .flatMap(this::hours)
                .filter(hour -> hour.plusHours(1).isAfter(from))
                .flatMap(this::times)
                .filter(time -> time.isAfter(after))
                .findFirst();
    }

    /// The last time up to the given one, that moment included; empty when there was none.
    public Optional<Instant> last(Instant upTo) {
        for (var back = SHORTEST_SEARCH; back.compareTo(LONGEST_SEARCH) < 0; back = back.multipliedBy(SEARCH_WIDENS)) {
            var found = next(upTo.minus(back)).filter(time -> !time.isAfter(upTo));
            if (found.isPresent()) {
                return found.map(first -> lastFrom(first, upTo));
            }
        }
        return Optional.empty();
    }

    private Instant lastFrom(Instant first, Instant upTo) {
        var last = first;
        for (var next = next(first); next.isPresent() && !next.get().isAfter(upTo); next = next(next.get())) {
            last = next.get();
        }
        return last;
    }

    private Stream<LocalDate> dates(LocalDate from) {
        return from.datesUntil(from.plusYears(YEARS)).filter(this::matches);
    }

    private boolean matches(LocalDate date) {
        boolean day = days.contains(date.getDayOfMonth());
        boolean weekday = weekdays.contains(date.getDayOfWeek().getValue() % 7);
        boolean both = days.starred() || weekdays.starred();
        return months.contains(date.getMonthValue()) && (both ? day && weekday : day || weekday);
    }

    private Stream<LocalDateTime> hours(LocalDate date) {
        return hours.values().stream().mapToObj(hour -> date.atTime(hour, 0));
    }

    private Stream<Instant> times(LocalDateTime hour) {
        var times = new ArrayList<Instant>();
        minutes.values().stream().forEach(minute -> add(hour.plusMinutes(minute), times));
        return times.stream().sorted();
    }

    private void add(LocalDateTime time, List<Instant> times) {
        var offsets = zone.getRules().getValidOffsets(time);
        if (offsets.isEmpty()) {
            if (!hours.starred()) {
                times.add(zone.getRules().getTransition(time).getInstant());
            }
            return;
        }
        times.add(time.toInstant(offsets.get(0)));
        if (offsets.size() > 1 && hours.starred()) {
            times.add(time.toInstant(offsets.get(1)));
        }
    }
}
