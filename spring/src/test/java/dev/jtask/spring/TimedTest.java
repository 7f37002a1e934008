package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.schedule.Timetable;
import dev.jtask.task.Task;
import java.time.Duration;
import org.junit.jupiter.api.Test;

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

    @Test
    void readsCronAndPeriods() {
        var schedules = Timed.of(Reports.class, "reports");

        assertThat(schedules).hasSize(2);
        assertThat(schedules)
                .filteredOn(each -> each.name().equals("reports.beat"))
                .singleElement()
                .satisfies(beat -> {
                    assertThat(beat.timetable()).isEqualTo(new Timetable.Every(Duration.ofSeconds(30)));
                    assertThat(beat.task().options().route()).hasToString("Route[exchange=, routingKey=beats]");
                });
    }

    @Test
    void namesTheMethodAndTheFault() {
        assertThatThrownBy(() -> Timed.of(Nameless.class, "q"))
                .hasMessageContaining("TimedTest$Nameless.run: needs @Task too");
        assertThatThrownBy(() -> Timed.of(Timeless.class, "q")).hasMessageContaining("needs either cron or every");
        assertThatThrownBy(() -> Timed.of(Garbled.class, "q")).hasMessageContaining("TimedTest$Garbled.run: ");
    }
}
