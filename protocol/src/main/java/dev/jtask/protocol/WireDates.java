package dev.jtask.protocol;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/// Dates in the form of Python's `isoformat()`: microseconds, omitted when zero, and a numeric offset.
final class WireDates {

    private static final DateTimeFormatter READER = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM:ss", "Z")
            .optionalEnd()
            .toFormatter();
    private static final DateTimeFormatter WHOLE_SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

    private WireDates() {}

    static String format(Instant instant) {
        return format(instant.atOffset(ZoneOffset.UTC));
    }

    static String format(OffsetDateTime time) {
        return (time.get(ChronoField.MICRO_OF_SECOND) == 0 ? WHOLE_SECONDS : MICROSECONDS).format(time);
    }

    /// A date without an offset is UTC, Celery's default time zone.
    ///
    /// @throws DateTimeException when the text is no ISO 8601 date
    static Instant parse(String text) {
        return switch (READER.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from)) {
            case OffsetDateTime aware -> aware.toInstant();
            case LocalDateTime naive -> naive.toInstant(ZoneOffset.UTC);
            case TemporalAccessor other -> throw new DateTimeException("not a date and time: " + other);
        };
    }
}
