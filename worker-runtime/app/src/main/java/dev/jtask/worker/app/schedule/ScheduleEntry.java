package dev.jtask.worker.app.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.json.Limits;
import dev.jtask.schedule.CronTimetable;
import dev.jtask.schedule.MissedRuns;
import dev.jtask.schedule.Schedule;
import dev.jtask.schedule.Timetable;
import dev.jtask.task.Durations;
import dev.jtask.task.request.TaskRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One entry of a schedule file. What is wrong with it is told in a sentence that names file, entry, field and fix.
final class ScheduleEntry {

    /// In the order in which people write them.
    static final List<String> FIELDS = List.of(
            "name",
            "cron",
            "timezone",
            "every",
            "at",
            "task",
            "args",
            "kwargs",
            "queue",
            "missed",
            "startingDeadline",
            "suspend");

    private final String file;
    private final JsonNode entry;
    private String title;

    ScheduleEntry(String file, int number, JsonNode entry) {
        this.file = file;
        this.entry = entry;
        this.title = "entry " + number;
    }

    /// @param queues of tasks, where the entry names none
    Schedule read(Function<String, @Nullable String> queues) {
        if (!entry.isObject()) {
            throw new IllegalArgumentException(
                    "%s: %s is no schedule; write fields such as 'name: nightly' below one '-'".formatted(file, title));
        }
        var name = required("name", "give each schedule one of its own");
        title = "schedule '%s'".formatted(name);
        entry.fieldNames().forEachRemaining(this::requireKnown);
        var schedule = Schedule.of(name, timetable(), request(queues));
        var missed = missed();
        var deadline = at("startingDeadline", ScheduleEntry::deadline);
        if (deadline != null && missed == MissedRuns.SKIP) {
            throw wrong("startingDeadline", "with 'missed: skip' nothing that is late is sent; remove one of the two");
        }
        schedule = schedule.missed(missed);
        schedule = deadline == null ? schedule : schedule.startingDeadline(deadline);
        return suspended() ? schedule.suspend() : schedule;
    }

    private void requireKnown(String field) {
        if (!FIELDS.contains(field)) {
            throw wrong(field, "there is no such field; the fields are " + String.join(", ", FIELDS));
        }
    }

    private Timetable timetable() {
        var given = Stream.of("cron", "every", "at").filter(entry::has).toList();
        if (given.size() != 1) {
            throw given.isEmpty()
                    ? wrong("cron", "missing; give one of cron, every and at")
                    : wrong(
                            given.getLast(),
                            "%s given too; keep one"
                                    .formatted(given.size() == 2 ? given.getFirst() + " is" : "cron and every are"));
        }
        var zone = at("timezone", ScheduleEntry::zone);
        return switch (given.getFirst()) {
            case "cron" -> present("cron", text -> new CronTimetable(text, zone == null ? ZoneOffset.UTC : zone));
            case "at" -> present("at", text -> new Timetable.At(time(text, zone)));
            default -> {
                if (zone != null) {
                    throw wrong("timezone", "an interval has none; remove it, or use cron");
                }
                yield present("every", text -> new Timetable.Every(Durations.parse(text)));
            }
        };
    }

    private TaskRequest<?> request(Function<String, @Nullable String> queues) {
        var task = required("task", "name the task to send");
        var args = entry.path("args");
        if (!args.isMissingNode() && !args.isArray()) {
            throw wrong("args", "not a list; write [4, 6]");
        }
        TaskRequest<?> request = TaskRequest.of(
                task,
                Stream.iterate(0, i -> i < args.size(), i -> i + 1)
                        .map(args::get)
                        .toArray());
        var kwargs = entry.path("kwargs");
        if (!kwargs.isMissingNode() && !kwargs.isObject()) {
            throw wrong("kwargs", "not a mapping; write {width: 320}");
        }
        for (var kwarg : kwargs.properties()) {
            request = request.kwarg(kwarg.getKey(), kwarg.getValue());
        }
        var named = at("queue", text -> text);
        var queue = named == null ? queues.apply(task) : named;
        return queue == null ? request : request.queue(queue);
    }

    private MissedRuns missed() {
        var policy = at("missed", text -> switch (text) {
            case "send-once" -> MissedRuns.SEND_ONCE;
            case "send-all" -> MissedRuns.SEND_ALL;
            case "skip" -> MissedRuns.SKIP;
            default -> throw new IllegalArgumentException("'%s' is none of send-once, send-all, skip".formatted(text));
        });
        return policy == null ? MissedRuns.SEND_ONCE : policy;
    }

    private boolean suspended() {
        var value = entry.path("suspend");
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong("suspend", "write true or false");
        }
        return value.asBoolean();
    }

    private static Duration deadline(String text) {
        var deadline = Durations.parse(text);
        if (!deadline.isPositive()) {
            throw new IllegalArgumentException("'%s' is no time at all; write one such as 10m".formatted(text));
        }
        if (deadline.compareTo(Limits.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "'%s' is longer than a hundred years; write one such as 10m, or remove the field".formatted(text));
        }
        return deadline;
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'%s' is no time zone; write one such as Europe/Berlin or UTC".formatted(text), e);
        }
    }

    private static Instant time(String text, @Nullable ZoneId zone) {
        try {
            return zone == null ? OffsetDateTime.parse(text).toInstant() : instant(LocalDateTime.parse(text), zone);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    zone == null
                            ? "'%s' is no time with an offset; write 2026-12-24T18:00:00+01:00, or add a timezone"
                                    .formatted(text)
                            : "'%s' is no time of a wall clock; write 2026-12-24T18:00:00, or remove timezone"
                                    .formatted(text),
                    e);
        }
    }

    /// A time that the clock leaves out, or that comes twice, is none that could be guessed.
    private static Instant instant(LocalDateTime time, ZoneId zone) {
        var rules = zone.getRules();
        var offsets = rules.getValidOffsets(time);
        if (offsets.isEmpty()) {
            var gap = rules.getTransition(time);
            throw new IllegalArgumentException(
                    "'%s' does not exist in %s, the clock goes from %s to %s; write another time"
                            .formatted(
                                    time,
                                    zone,
                                    gap.getDateTimeBefore().toLocalTime(),
                                    gap.getDateTimeAfter().toLocalTime()));
        }
        if (offsets.size() > 1) {
            throw new IllegalArgumentException("'%s' comes twice in %s; write %s or %s, without timezone"
                    .formatted(time, zone, time.atOffset(offsets.getFirst()), time.atOffset(offsets.getLast())));
        }
        return time.toInstant(offsets.getFirst());
    }

    private String required(String field, String fix) {
        var value = at(field, text -> text);
        if (value == null) {
            throw wrong(field, "missing; " + fix);
        }
        return value;
    }

    private <T> T present(String field, Function<String, T> parse) {
        var value = at(field, parse);
        if (value == null) {
            throw wrong(field, "missing");
        }
        return value;
    }

    /// Null where the entry has no such field.
    private <T> @Nullable T at(String field, Function<String, T> parse) {
        var value = entry.path(field);
        if (value.isMissingNode()) {
            return null;
        }
        if (value.isNull() || (value.isTextual() && value.asText().isBlank())) {
            throw wrong(field, "empty; write a value, or remove the field");
        }
        if (!value.isTextual()) {
            throw wrong(
                    field,
                    value.isNumber()
                            ? "%s is a number; write a text, such as \"%s\" or 30s".formatted(value, value)
                            : "not a text; put it in quotes");
        }
        try {
            return parse.apply(value.asText().strip());
        } catch (IllegalArgumentException e) {
            throw wrong(field, e.getMessage());
        }
    }

    private IllegalArgumentException wrong(String field, @Nullable String what) {
        return new IllegalArgumentException("%s: %s, %s: %s".formatted(file, title, field, what));
    }
}
