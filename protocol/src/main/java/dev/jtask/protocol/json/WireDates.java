package dev.jtask.protocol.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;

/// Dates in the form of Python's `isoformat()`: microseconds, omitted when zero, and a numeric offset.
public final class WireDates {

    /// Wider than what Python writes: `Z`, offsets without a colon, no seconds, no time at all.
    private static final DateTimeFormatter READER = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:MM:ss", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "Z")
            .optionalEnd()
            .optionalEnd()
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'");
    private static final DateTimeFormatter WHOLE_SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xxxxx");

    /// The years that Python knows.
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");

    private WireDates() {}

    /// Whether [#parse] reads what [#format(Instant)] makes of it.
    public static boolean isWritable(Instant instant) {
        return !instant.isBefore(FIRST) && instant.isBefore(AFTER_LAST);
    }

    /// @throws IllegalArgumentException when it is not of the years 1 to 9999
    public static String format(Instant instant) {
        requireWritable(instant);
        return text(instant.atOffset(ZoneOffset.UTC));
    }

    /// @throws IllegalArgumentException when it is not of the years 1 to 9999, as it is or in UTC
    public static String format(OffsetDateTime time) {
        requireWritable(time);
        return text(time);
    }

    /// @throws IllegalArgumentException when its zone would arrive as the offset that it has at this moment alone
    static String format(ZonedDateTime time) {
        if (!time.getZone().getRules().isFixedOffset()) {
            throw new IllegalArgumentException(
                    "the zone of %s does not travel, as Python has no such value; send an OffsetDateTime or an Instant, and the zone beside it"
                            .formatted(time));
        }
        return format(time.toOffsetDateTime());
    }

    /// @throws IllegalArgumentException when it is not of the years 1 to 9999
    public static String format(LocalDateTime time) {
        requireWritable(time);
        return text(time);
    }

    /// @throws IllegalArgumentException when it is not of the years 1 to 9999
    static String format(LocalDate day) {
        requireWritable(day);
        return day.toString();
    }

    static String format(OffsetTime time) {
        return format(time.toLocalTime()) + OFFSET.format(time);
    }

    public static String format(LocalTime time) {
        return (time.get(ChronoField.MICRO_OF_SECOND) == 0 ? WHOLE_SECONDS : MICROSECONDS).format(time);
    }

    /// @throws IllegalArgumentException when no reader takes it: Python knows no other years
    static void requireWritable(Instant instant) {
        if (!isWritable(instant)) {
            throw unwritable(instant);
        }
    }

    /// @param time with a year, and perhaps an offset
    /// @throws IllegalArgumentException when no reader takes it, who may reckon with it in UTC
    static void requireWritable(Temporal time) {
        if (!isKnown(time)) {
            throw unwritable(time);
        }
        if (time instanceof OffsetDateTime aware) {
            requireWritable(aware.toInstant());
        }
    }

    private static IllegalArgumentException unwritable(Object time) {
        return new IllegalArgumentException("a message says no time but of the years 1 to 9999, not " + time);
    }

    private static String text(OffsetDateTime time) {
        return text(time.toLocalDateTime()) + OFFSET.format(time);
    }

    private static String text(LocalDateTime time) {
        return DATE.format(time) + format(time.toLocalTime());
    }

    /// A date without an offset is UTC, Celery's default time zone.
    ///
    /// @throws DateTimeException when the text is no ISO 8601 date of the years 1 to 9999
    public static Instant parse(String text) {
        return local(text).toInstant(ZoneOffset.UTC);
    }

    /// As it was written: with its offset when it has one, at the start of a day that has no time.
    ///
    /// @return an `OffsetDateTime` or a `LocalDateTime`
    /// @throws DateTimeException when the text is no ISO 8601 date of the years 1 to 9999
    static Temporal read(String text) {
        var read = READER.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        var time = read instanceof LocalDate day ? day.atStartOfDay() : (Temporal) read;
        // what Python knows, as it is written and in UTC; far from every limit of Java's, so that reckoning never fails
        requireKnown(time, text);
        if (time instanceof OffsetDateTime aware) {
            requireKnown(aware.withOffsetSameInstant(ZoneOffset.UTC), text);
        }
        return time;
    }

    private static boolean isKnown(Temporal time) {
        int year = time.get(ChronoField.YEAR);
        return year >= 1 && year <= 9999;
    }

    private static void requireKnown(Temporal time, String text) {
        if (!isKnown(time)) {
            throw new DateTimeException("Text '%s' is not of the years 1 to 9999".formatted(text));
        }
    }

    /// UTC when it has no offset.
    static OffsetDateTime aware(String text) {
        return read(text) instanceof OffsetDateTime aware ? aware : local(text).atOffset(ZoneOffset.UTC);
    }

    /// In UTC.
    ///
    /// @throws DateTimeException when the text is no ISO 8601 date
    static LocalDateTime local(String text) {
        return read(text) instanceof OffsetDateTime aware
                ? aware.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                : LocalDateTime.from(read(text));
    }

    /// A day may carry midnight, which older producers add to it: `2020-01-01T00:00:00`.
    ///
    /// @throws DateTimeException when the text is no ISO 8601 date, or has another time or an offset
    static LocalDate day(String text) {
        if (read(text) instanceof LocalDateTime time && time.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            return time.toLocalDate();
        }
        throw new DateTimeException("Text '%s' is a moment, not a day".formatted(text));
    }
}
