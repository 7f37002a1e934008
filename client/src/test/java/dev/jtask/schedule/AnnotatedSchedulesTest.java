package dev.jtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.task.Task;
import dev.jtask.task.TaskSchedule;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AnnotatedSchedulesTest {

    private static final Instant WINTER = Instant.parse("2026-01-10T12:00:00Z");

    static class Reports {
        @Task("reports.nightly")
        @TaskSchedule(cron = "0 ${hour} * * *", zone = "Europe/Berlin")
        public void nightly() {}

        @Task(value = "reports.beat", queue = "${hour}-beats")
        @TaskSchedule(every = "PT30S")
        public void beat() {}

        @TaskSchedule(every = "PT30S")
        public void nameless() {}

        @Task("reports.timeless")
        @TaskSchedule
        public void timeless() {}

        @Task("reports.both")
        @TaskSchedule(cron = "* * * * *", every = "PT30S")
        public void both() {}

        @Task("reports.garbled")
        @TaskSchedule(cron = "0 3 * * *", zone = "Europe/Berlon")
        public void garbled() {}
    }

    @Test
    void readsCronAndPeriods() {
        var nightly = read("nightly");
        assertThat(nightly.name()).isEqualTo("reports.nightly");
        assertThat(nightly.timetable().next(WINTER)).contains(Instant.parse("2026-01-11T02:00:00Z"));

        var beat = read("beat");
        assertThat(beat.timetable()).isEqualTo(new Timetable.Every(Duration.ofSeconds(30)));
        assertThat(beat.task().options().route()).as("the worker's to say").isNull();
    }

    @Test
    void namesTheMethodAndTheFault() {
        assertThatThrownBy(() -> read("nameless"))
                .hasMessage("@TaskSchedule of Reports.nameless: needs @Task too, whose name is what is sent");
        assertThatThrownBy(() -> read("timeless")).hasMessageContaining("Reports.timeless: needs either cron or every");
        assertThatThrownBy(() -> read("both")).hasMessageContaining("Reports.both: needs either cron or every");
        assertThatThrownBy(() -> read("garbled"))
                .hasMessageContaining("Reports.garbled: ")
                .hasMessageContaining("Europe/Berlon");
    }

    private static Schedule read(String name) {
        var method = Arrays.stream(Reports.class.getDeclaredMethods())
                .filter(each -> each.getName().equals(name))
                .findAny()
                .orElseThrow();
        return new AnnotatedSchedules(text -> text.replace("${hour}", "3"), Duration::parse)
                .read("Reports." + name, method.getAnnotation(Task.class), when(method));
    }

    private static TaskSchedule when(Method method) {
        return Objects.requireNonNull(method.getAnnotation(TaskSchedule.class));
    }
}
