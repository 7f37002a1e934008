package dev.jtask.worker.app.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.schedule.MissedRuns;
import dev.jtask.schedule.Schedule;
import dev.jtask.schedule.Timetable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a schedule file says, and what it is told when that makes no sense.
class ScheduleFileTest {

    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyFieldMeansWhatItSays() throws IOException {
        var schedules = read("""
                # the shop's
                - name: nightly
                  cron: "0 2 * * *"
                  timezone: Europe/Berlin
                  task: reports.nightly
                  args: [4, "a", null, 1.5, {b: [true]}]
                  kwargs: {since: 2026-01-01, limit: 12345678901234567890}
                  queue: reports
                  missed: send-all
                  startingDeadline: 1h30m
                  suspend: true
                - name: tick
                  every: 30s
                  task: t.tick
                  missed: skip
                - name: utc
                  cron: "0 2 * * mon-fri"
                  task: p.routed
                - {name: once, at: "2026-12-24T18:00:00+01:00", task: t.once}
                - {name: local, at: 2026-12-24T18:00, timezone: Europe/Berlin, task: t.once, suspend: false}
                """);

        assertThat(schedules).extracting(Schedule::name).containsExactly("nightly", "tick", "utc", "once", "local");
        var nightly = schedules.getFirst();
        assertThat(nightly.timetable().next(START)).contains(Instant.parse("2026-11-23T01:00:00Z"));
        assertThat(nightly.missed()).isEqualTo(MissedRuns.SEND_ALL);
        assertThat(nightly.startingDeadline()).isEqualTo(Duration.ofMinutes(90));
        assertThat(nightly.suspended()).isTrue();
        assertThat(body(nightly))
                .startsWith(
                        "[[4,\"a\",null,1.5,{\"b\":[true]}],{\"since\":\"2026-01-01\",\"limit\":12345678901234567890}");
        assertThat(queue(nightly)).isEqualTo("reports");
        var tick = schedules.get(1);
        assertThat(tick.timetable()).isEqualTo(new Timetable.Every(Duration.ofSeconds(30)));
        assertThat(tick.missed()).isEqualTo(MissedRuns.SKIP);
        assertThat(tick.suspended()).isFalse();
        assertThat(queue(tick)).isNull();
        assertThat(schedules.get(2).timetable().next(START)).contains(Instant.parse("2026-11-23T02:00:00Z"));
        assertThat(queue(schedules.get(2))).as("from JTASK_ROUTES").isEqualTo("py");
        assertThat(schedules.subList(3, 5))
                .extracting(Schedule::timetable)
                .containsOnly(new Timetable.At(Instant.parse("2026-12-24T17:00:00Z")));
        assertThat(schedules.get(3).missed()).isEqualTo(MissedRuns.SEND_ONCE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{task: t, every: 5s}                | entry 2, name: missing; give each schedule one of its own",
                "{name: '', task: t, every: 5s}      | entry 2, name: empty; write a value, or remove the field",
                "{name: 7, task: t, every: 5s}       | entry 2, name: 7 is a number; write a text, such as \"7\" or 30s",
                "{name: a, task: t, every: 5s, tsk: 1} | schedule 'a', tsk: there is no such field; the fields are name, cron, timezone, every, at, task, args, kwargs, queue, missed, startingDeadline, suspend",
                "{name: a, every: 5s}                | schedule 'a', task: missing; name the task to send",
                "{name: a, task: t}                  | schedule 'a', cron: missing; give one of cron, every and at",
                "{name: a, task: t, every: 5s, cron: '* * * * *'} | schedule 'a', every: cron is given too; keep one",
                "{name: a, task: t, every: 5s, cron: x, at: y} | schedule 'a', at: cron and every are given too; keep one",
                "{name: a, task: t, cron: '61 * * * *'} | schedule 'a', cron: '61 * * * *' is no cron expression of five fields (minute hour day month weekday): minute '61' is not in 0-59",
                "{name: a, task: t, cron: '* * * * *', timezone: Europe/Berlon} | schedule 'a', timezone: 'Europe/Berlon' is no time zone; write one such as Europe/Berlin or UTC",
                "{name: a, task: t, every: 5s, timezone: UTC} | schedule 'a', timezone: an interval has none; remove it, or use cron",
                "{name: a, task: t, every: 5}        | schedule 'a', every: 5 is a number; write a text, such as \"5\" or 30s",
                "{name: a, task: t, every: }         | schedule 'a', every: empty; write a value, or remove the field",
                "{name: a, task: t, every: soon}     | schedule 'a', every: 'soon' is no duration; write 500ms, 30s, 5m or 1h30m",
                "{name: a, task: t, every: 100ms}    | schedule 'a', every: a period must be a second or more, not PT0.1S",
                "{name: a, task: t, every: 999999999d} | schedule 'a', every: a period must be a hundred years or less, not PT23999999976H",
                "{name: a, task: t, every: 5s, startingDeadline: 99999d} | schedule 'a', startingDeadline: '99999d' is longer than a hundred years; write one such as 10m, or remove the field",
                "{name: a, task: t, at: tomorrow}    | schedule 'a', at: 'tomorrow' is no time with an offset; write 2026-12-24T18:00:00+01:00, or add a timezone",
                "{name: a, task: t, at: '2026-12-24T18:00:00Z', timezone: UTC} | schedule 'a', at: '2026-12-24T18:00:00Z' is no time of a wall clock; write 2026-12-24T18:00:00, or remove timezone",
                "{name: a, task: t, at: 2027-03-28T02:30, timezone: Europe/Berlin} | schedule 'a', at: '2027-03-28T02:30' does not exist in Europe/Berlin, the clock goes from 02:00 to 03:00; write another time",
                "{name: a, task: t, at: 2027-10-31T02:30, timezone: Europe/Berlin} | schedule 'a', at: '2027-10-31T02:30' comes twice in Europe/Berlin; write 2027-10-31T02:30+02:00 or 2027-10-31T02:30+01:00, without timezone",
                "{name: a, task: t, at: '+12019-01-01T00:00:00Z'} | schedule 'a', at: a schedule has a time of the years 1 to 9999, not +12019-01-01T00:00:00Z",
                "{name: a, task: t, every: 5s, args: 4} | schedule 'a', args: not a list; write [4, 6]",
                "{name: a, task: t, every: 5s, kwargs: [4]} | schedule 'a', kwargs: not a mapping; write {width: 320}",
                "{name: a, task: t, every: 5s, queue: [q]} | schedule 'a', queue: not a text; put it in quotes",
                "{name: a, task: t, every: 5s, missed: often} | schedule 'a', missed: 'often' is none of send-once, send-all, skip",
                "{name: a, task: t, every: 5s, startingDeadline: 0s} | schedule 'a', startingDeadline: '0s' is no time at all; write one such as 10m",
                "{name: a, task: t, every: 5s, missed: skip, startingDeadline: 5m} | schedule 'a', startingDeadline: with 'missed: skip' nothing that is late is sent; remove one of the two",
                "{name: a, task: t, every: 5s, suspend: perhaps} | schedule 'a', suspend: write true or false",
                "nightly                             | entry 2 is no schedule; write fields such as 'name: nightly' below one '-'",
            })
    void aWrongEntryIsToldWhatIsWrongWhereAndWhatToWrite(String entry, String complaint) throws IOException {
        assertComplaint("- {name: fine, every: 5s, task: t}\n- " + entry, ": " + complaint);
    }

    @Test
    void soIsAWrongFile() throws IOException {
        var entry = "- {name: same, every: 5s, task: t}\n";

        assertComplaint(entry + entry, ": entries 1 and 2, name: both are 'same'; rename one");
        assertComplaint("", " holds no list of schedules; begin each with '- name: …'");
        assertComplaint("schedules: []", " holds no list of schedules; begin each with '- name: …'");
        assertComplaint("- name: a\n  every: 5s\n every: 6s", ", line 3 is not YAML: ");
        assertComplaint("- name: a\n  every: 5s\n  every: 6s", ", line 3 is not YAML: Duplicate field 'every'");
        assertComplaint(
                "- &x {name: a, every: 5s, task: t}\n- *x", ", line 2: aliases are not supported; write the value out");
        assertComplaint(entry + "---\n" + entry, ", line 3: a second document begins; keep all schedules in one list");
        assertThatThrownBy(() -> ScheduleFile.read(folder.resolve("none.yaml"), task -> null))
                .hasMessage("there is no file %s; correct the path after --schedule", folder.resolve("none.yaml"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cron: */5 * * * *",
                "cron: * * * * *",
                "cron: *",
                "cron: @daily",
                "cron: @every 5m",
                "cron:\n    */5 * * * *",
                "cron:\n    @daily",
            })
    void aCronExpressionThatYamlReadsAsSomethingElseIsToldToBeQuoted(String field) throws IOException {
        var file = Files.writeString(
                folder.resolve("schedules.yaml"),
                "- name: a\n  %s\n  task: t\n- {name: b, every: 5s, task: t}".formatted(field));

        assertThatThrownBy(() -> ScheduleFile.read(file, task -> null))
                .hasMessageStartingWith("%s, line 2", file)
                .hasMessageEndingWith("; put it in quotes: cron: \"*/5 * * * *\"")
                .hasMessageMatching("(?s)[^\\n]*");
    }

    @Test
    void inAMappingOnOneLineToo() throws IOException {
        for (var cron : List.of("*/5 * * * *", "* * * * *", "@daily")) {
            var file = Files.writeString(
                    folder.resolve("schedules.yaml"), "- {name: a, cron: %s, task: t}".formatted(cron));

            assertThatThrownBy(() -> ScheduleFile.read(file, task -> null))
                    .hasMessageStartingWith(file + ", line 1")
                    .hasMessageEndingWith("put it in quotes: cron: \"*/5 * * * *\"");
        }
    }

    @Test
    void theGuideNamesEveryField() throws IOException {
        var guide = Files.readString(Path.of("../../docs/schedules.md"));
        var table = guide.substring(guide.indexOf("| field |"), guide.indexOf("What makes no sense"));
        assertThat(Pattern.compile("(?m)^\\| (`.*?`) \\|")
                        .matcher(table)
                        .results()
                        .flatMap(row ->
                                Arrays.stream(row.group(1).replace("`", "").split(", ", -1))))
                .containsExactlyElementsOf(ScheduleEntry.FIELDS);
    }

    private void assertComplaint(String text, String complaint) throws IOException {
        var file = folder.resolve("schedules.yaml");
        Files.writeString(file, text);
        assertThatThrownBy(() -> ScheduleFile.read(file, task -> null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + complaint);
    }

    private List<Schedule> read(String text) throws IOException {
        var file = folder.resolve("schedules.yaml");
        Files.writeString(file, text);
        return ScheduleFile.read(file, task -> task.startsWith("p.") ? "py" : null);
    }

    private static @Nullable String queue(Schedule schedule) {
        var route = schedule.task().options().route();
        return route == null ? null : route.routingKey();
    }

    private static String body(Schedule schedule) {
        var message = schedule.task().message("id").build();
        return "[%s,%s".formatted(message.args(), message.kwargs());
    }
}
