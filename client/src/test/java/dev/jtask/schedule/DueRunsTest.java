package dev.jtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When schedules are due, and what becomes of missed times.
class DueRunsTest {

    private static final TaskRequest<?> TASK = TaskRequest.of("t.any");
    private static final Schedule HOURLY = Schedule.every("hourly", Duration.ofHours(1), TASK);

    @Test
    void anIntervalCountsFromTheLastTime() {
        var schedule = Schedule.every("often", Duration.ofSeconds(10), TASK);

        assertThat(DueRuns.of(schedule, at("10:00:00"), at("10:00:09")).send()).isEmpty();
        assertThat(DueRuns.of(schedule, at("10:00:00"), at("10:00:10")).send()).containsExactly(at("10:00:10"));
    }

    @Test
    void whatNoClockCouldReckonWithIsNoSchedule() {
        var forEver = Duration.ofSeconds(Long.MAX_VALUE);

        assertThatThrownBy(() -> Schedule.every("never", forEver, TASK))
                .hasMessageContaining("a hundred years or less");
        assertThatThrownBy(() -> HOURLY.startingDeadline(forEver))
                .hasMessageContaining("schedule 'hourly'")
                .hasMessageContaining("a hundred years or less");
    }

    @Test
    void missedTimesAreSentOnce() {
        var runs = DueRuns.of(HOURLY, at("10:00:00"), at("13:30:00"));

        assertThat(runs).isEqualTo(new DueRuns(List.of(at("13:00:00")), 2, at("13:00:00")));
    }

    @Test
    void orAll() {
        var runs = DueRuns.of(HOURLY.missed(MissedRuns.SEND_ALL), at("10:00:00"), at("12:30:00"));

        assertThat(runs.send()).containsExactly(at("11:00:00"), at("12:00:00"));
        assertThat(runs.skipped()).isZero();
    }

    @Test
    void theFirstOfSeveralHasWhatWasSkippedBeforeIt() {
        var second = Schedule.every("often", Duration.ofSeconds(1), TASK).missed(MissedRuns.SEND_ALL);
        var runs = DueRuns.of(second, at("10:00:00"), at("12:00:00"));

        assertThat(runs.first()).isEqualTo(new DueRuns(List.of(at("11:43:21")), 6_200, at("11:43:21")));
        assertThat(DueRuns.of(HOURLY, at("10:00:00"), at("13:30:00")).first())
                .isEqualTo(new DueRuns(List.of(at("13:00:00")), 2, at("13:00:00")));
        assertThat(DueRuns.of(HOURLY.suspend(), at("10:00:00"), at("13:30:00")).first())
                .isEqualTo(new DueRuns(List.of(), 3, at("13:00:00")));
    }

    @Test
    void orNotAtAll() {
        var schedule = HOURLY.missed(MissedRuns.SKIP);

        var late = DueRuns.of(schedule, at("10:00:00"), at("13:30:00"));
        assertThat(late.send()).isEmpty();
        assertThat(late.skipped()).isEqualTo(3);
        assertThat(late.settled()).isEqualTo(at("13:00:00"));
        assertThat(DueRuns.of(schedule, at("10:00:00"), at("11:00:10")).send()).containsExactly(at("11:00:00"));
        assertThat(DueRuns.of(schedule, at("10:00:00"), at("11:00:11")).send()).isEmpty();
    }

    @Test
    void aStartingDeadlineLimitsEveryPolicy() {
        var limited = HOURLY.startingDeadline(Duration.ofMinutes(90));

        assertThat(DueRuns.of(limited, at("10:00:00"), at("13:29:00")).send()).containsExactly(at("13:00:00"));
        assertThat(DueRuns.of(limited.missed(MissedRuns.SEND_ALL), at("10:00:00"), at("13:29:00"))
                        .send())
                .containsExactly(at("12:00:00"), at("13:00:00"));
        assertThat(DueRuns.of(HOURLY.startingDeadline(Duration.ofMinutes(5)), at("10:00:00"), at("13:29:00"))
                        .send())
                .isEmpty();
    }

    @Test
    void whatPassesWhileSuspendedIsNotMadeUpFor() {
        var runs = DueRuns.of(HOURLY.suspend(), at("10:00:00"), at("13:30:00"));

        assertThat(runs.send()).isEmpty();
        assertThat(runs.skipped()).isEqualTo(3);
        assertThat(DueRuns.of(HOURLY, runs.settled(), at("14:00:00")).send()).containsExactly(at("14:00:00"));
    }

    @Test
    void noMoreThanAThousandMissedTimesAreSent() {
        var schedule = Schedule.every("often", Duration.ofSeconds(1), TASK).missed(MissedRuns.SEND_ALL);

        var runs = DueRuns.of(schedule, at("10:00:00"), at("12:00:00"));

        assertThat(runs.send()).hasSize(1_000).endsWith(at("12:00:00"));
        assertThat(runs.skipped()).isEqualTo(6_200);
    }

    @Test
    void aDailyRunIsDueOnceOnTheDaysWhenTheClockChanges() {
        var nightly = Schedule.cron("nightly", "30 2 * * *", ZoneId.of("Europe/Berlin"), TASK)
                .missed(MissedRuns.SEND_ALL);

        assertThat(DueRuns.of(nightly, Instant.parse("2026-03-28T23:00:00Z"), Instant.parse("2026-03-29T22:00:00Z"))
                        .send())
                .containsExactly(Instant.parse("2026-03-29T01:00:00Z"));
        assertThat(DueRuns.of(nightly, Instant.parse("2026-10-24T22:00:00Z"), Instant.parse("2026-10-25T23:00:00Z"))
                        .send())
                .containsExactly(Instant.parse("2026-10-25T00:30:00Z"));
    }

    @Test
    void oneTimeIsOneRun() {
        var schedule = Schedule.at("once", at("10:00:00"), TASK);

        assertThat(DueRuns.of(schedule, at("09:00:00"), at("10:00:00")).send()).containsExactly(at("10:00:00"));
        assertThat(DueRuns.of(schedule, at("10:00:00"), at("11:00:00")).send()).isEmpty();
        assertThat(schedule.timetable().start(at("11:00:00"))).isBefore(at("10:00:00"));
    }

    @Test
    void aScheduleThatCannotBeKeptIsRefused() {
        assertThatThrownBy(() -> Schedule.every("fast", Duration.ofMillis(100), TASK))
                .hasMessageContaining("a second or more");
        assertThatThrownBy(() -> Schedule.every(" ", Duration.ofSeconds(1), TASK))
                .hasMessageContaining("a schedule of task 't.any' has no name");
        assertThatThrownBy(() -> HOURLY.startingDeadline(Duration.ZERO))
                .hasMessageContaining("schedule 'hourly': a starting deadline must be positive");
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-23T%sZ".formatted(time));
    }
}
