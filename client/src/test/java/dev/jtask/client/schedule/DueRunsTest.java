package dev.jtask.client.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.client.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/// When schedules are due, and what becomes of missed times.
class DueRunsTest {

    private static final TaskRequest<?> TASK = TaskRequest.of("t.any");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void an_interval_counts_from_the_last_time() {
        var schedule = Schedule.every("often", Duration.ofSeconds(10), TASK);

        assertThat(DueRuns.of(schedule, at("10:00:00"), at("10:00:09")).send()).isEmpty();
        assertThat(DueRuns.of(schedule, at("10:00:00"), at("10:00:10")).send()).containsExactly(at("10:00:10"));
    }

    @Test
    void missed_times_are_sent_once_all_or_not_at_all() {
        var schedule = Schedule.every("hourly", Duration.ofHours(1), TASK);

        assertThat(DueRuns.of(schedule, at("10:00:00"), at("13:30:00")).send()).containsExactly(at("13:00:00"));
        assertThat(DueRuns.of(schedule.missed(MissedRuns.SEND_ALL), at("10:00:00"), at("12:30:00"))
                        .send())
                .containsExactly(at("11:00:00"), at("12:00:00"));
        var skipped = DueRuns.of(schedule.missed(MissedRuns.SKIP), at("10:00:00"), at("13:30:00"));
        assertThat(skipped.send()).isEmpty();
        assertThat(skipped.last()).isEqualTo(at("13:00:00"));
    }

    @Test
    void cron_reads_names_and_the_wall_clock_of_its_zone() {
        var cron = new CronTimetable("30 7 * jan-dec mon-fri", BERLIN);

        // a Friday in winter, then the Monday after
        assertThat(cron.next(Instant.parse("2026-11-27T00:00:00Z"))).contains(Instant.parse("2026-11-27T06:30:00Z"));
        assertThat(cron.next(Instant.parse("2026-11-27T06:30:00Z"))).contains(Instant.parse("2026-11-30T06:30:00Z"));
        // summer
        assertThat(cron.next(Instant.parse("2026-07-01T00:00:00Z"))).contains(Instant.parse("2026-07-01T05:30:00Z"));
    }

    @Test
    void either_day_suffices_where_cron_gives_both() {
        var cron = new CronTimetable("0 0 13 * fri", ZoneOffset.UTC);

        assertThat(cron.next(Instant.parse("2026-11-23T00:00:00Z"))).contains(Instant.parse("2026-11-27T00:00:00Z"));
        assertThat(cron.next(Instant.parse("2026-12-12T00:00:00Z"))).contains(Instant.parse("2026-12-13T00:00:00Z"));
    }

    @Test
    void a_wrong_expression_says_what_is_expected() {
        assertThatThrownBy(() -> new CronTimetable("every day", ZoneOffset.UTC))
                .hasMessageContaining("'every day' is no cron expression of five fields");
    }

    @Test
    void one_time_is_one_run() {
        var schedule = Schedule.at("once", at("10:00:00"), TASK);

        assertThat(DueRuns.of(schedule, at("09:00:00"), at("10:00:00")).send()).containsExactly(at("10:00:00"));
        assertThat(DueRuns.of(schedule, at("10:00:00"), at("11:00:00")).send()).isEmpty();
        assertThat(schedule.timetable().start(at("11:00:00"))).isBefore(at("10:00:00"));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-23T%sZ".formatted(time));
    }
}
