package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.schedule.Timetable;
import dev.jtask.task.Task;
import dev.jtask.task.TaskSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class TimedTest {

    static class Reports {
        @Task("reports.nightly")
        @TaskSchedule(cron = "0 3 * * *", zone = "Europe/Berlin")
        public void nightly() {}

        @Task(value = "reports.beat", queue = "beats")
        @TaskSchedule(every = "30s")
        public void beat() {}

        @Task("reports.any")
        public void any() {}
    }

    static class Nameless {
        @TaskSchedule(cron = "0 3 * * *")
        public void run() {}
    }

    static class Timeless {
        @Task("timeless.run")
        @TaskSchedule
        public void run() {}
    }

    static class Garbled {
        @Task("garbled.run")
        @TaskSchedule(cron = "every day")
        public void run() {}
    }

    static class Named {
        @Task("named.cron")
        @TaskSchedule(cron = "${report.cron}", zone = "${report.zone:Europe/Berlin}")
        public void cron() {}

        @Task("named.every")
        @TaskSchedule(every = "${report.period}")
        public void every() {}
    }

    @Test
    void aValueMayBeAPropertys() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("report.cron", "0 3 * * *", "report.period", "90s")));

        var winter = Instant.parse("2026-01-10T12:00:00Z");
        assertThat(Timed.of(Named.class, environment::resolveRequiredPlaceholders))
                .extracting(schedule -> schedule.timetable().next(winter))
                .containsExactlyInAnyOrder(
                        Optional.of(winter.plusSeconds(90)), Optional.of(Instant.parse("2026-01-11T02:00:00Z")));
        assertThatThrownBy(() -> Timed.of(Named.class, new StandardEnvironment()::resolveRequiredPlaceholders))
                .hasMessageContaining("@TaskSchedule of dev.jtask.spring.TimedTest$Named.")
                .hasMessageContaining("report.");
    }

    @Test
    void readsCronAndPeriods() {
        var schedules = Timed.of(Reports.class, UnaryOperator.identity());

        assertThat(schedules).hasSize(2);
        assertThat(schedules)
                .filteredOn(each -> each.name().equals("reports.beat"))
                .singleElement()
                .satisfies(beat -> {
                    assertThat(beat.timetable()).isEqualTo(new Timetable.Every(Duration.ofSeconds(30)));
                });
    }

    @Test
    void namesTheMethodAndTheFault() {
        assertThatThrownBy(() -> Timed.of(Nameless.class, UnaryOperator.identity()))
                .hasMessageContaining("TimedTest$Nameless.run: needs @Task too");
        assertThatThrownBy(() -> Timed.of(Timeless.class, UnaryOperator.identity()))
                .hasMessageContaining("needs either cron or every");
        assertThatThrownBy(() -> Timed.of(Garbled.class, UnaryOperator.identity()))
                .hasMessageContaining("TimedTest$Garbled.run: ");
    }
}
