package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.schedule.Schedule;
import dev.jtask.task.Default;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.options.WorkerOptions;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.schedule.SchedulePlan;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerBuilderTest {

    @Test
    void schedulesOfOneNameAreAddedUp() {
        var builder = Worker.builder()
                .schedules("shop", each("a"))
                .schedules("shop", each("b"), each("c"))
                .schedules("shop");

        assertThat(builder.plan.name()).isEqualTo("shop");
        assertThat(builder.plan.schedules()).extracting(Schedule::name).containsExactly("a", "b", "c");
    }

    @Test
    void schedulesOfAnotherNameAreRefused() {
        var builder = Worker.builder().schedules("shop", each("a"));

        assertThatThrownBy(() -> builder.schedules("nightly", each("b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scheduler is already named 'shop'; give the schedules of 'nightly' that name");
        assertThat(builder.plan.schedules()).hasSize(1);
    }

    @Test
    void twoSchedulesOfOneNameAreRefused() {
        var builder = Worker.builder().schedules("shop", each("a"));

        assertThatThrownBy(() -> builder.schedules("shop", each("a")))
                .hasMessageContaining("scheduler 'shop' has two schedules named 'a'");
    }

    @Test
    void aScheduleWithoutWhatItsTaskNeedsIsRefused() {
        var builder = Worker.builder().tasks(new Reports()).schedules("shop", each("reports.needs"));

        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schedule 'reports.needs' sends task 'reports.needs' what it would refuse")
                .hasMessageContaining("missing argument 'to'");
    }

    @Test
    void soIsOneWithWhatItsTaskCannotRead() {
        var builder = Worker.builder()
                .task("t.double", Integer.class, number -> number * 2)
                .schedules("shop", Schedule.every("s", Duration.ofHours(1), TaskRequest.of("t.double", "two")));

        assertThatThrownBy(builder::start).hasMessageContaining("argument 1 (Integer) is no Integer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reports.takes", "reports.any", "elsewhere.needs"})
    void whatATaskTakesIsPlanned(String task) {
        var builder = Worker.builder().tasks(new Reports()).schedules("shop", each(task));

        new PlannedTasks(builder.tasks).check(builder.plan);

        assertThat(builder.plan.schedules()).hasSize(1);
    }

    @Test
    void aScheduledTaskHasThePriorityOfItsTask() {
        var builder = Worker.builder().tasks(new Reports());
        var plan = new SchedulePlan(
                "shop",
                List.of(
                        each("reports.urgent"),
                        Schedule.every(
                                "own",
                                Duration.ofHours(1),
                                TaskRequest.of("reports.urgent").priority(3)),
                        each("reports.any"),
                        each("elsewhere")));

        assertThat(new PlannedTasks(builder.tasks)
                        .addressed(plan, new Routes(List.of()), List.of("celery"))
                        .schedules())
                .extracting(schedule -> schedule.task().options().priority())
                .containsExactly(8, 3, 0, 0);
    }

    @Test
    void soItHasWhenItsWorkerStarts() {
        var builder = Worker.builder()
                .broker("amqp://127.0.0.1:1/")
                .tasks(new Reports())
                .schedules("shop", each("reports.urgent"));

        builder.start().stop();

        assertThat(builder.plan.schedules())
                .extracting(schedule -> schedule.task().options().priority())
                .containsExactly(8);
    }

    @Test
    void everyOptionCanBeSetByItself() {
        var words = Map.of("results", "resultBackend", "remoteAccess", "remoteControl", "redaction", "redact");
        var settable = Arrays.stream(WorkerBuilder.class.getMethods())
                .map(Method::getName)
                .toList();

        assertThat(WorkerOptions.class.getRecordComponents())
                .extracting(option -> words.getOrDefault(option.getName(), option.getName()))
                .isSubsetOf(settable);
    }

    private static Schedule each(String task) {
        return Schedule.every(task, Duration.ofHours(1), TaskRequest.of(task));
    }

    static final class Reports {

        @Task("reports.needs")
        public void needs(TaskContext context, String to) {}

        @Task("reports.takes")
        public void takes(Optional<String> to, @Nullable String copy, @Default("3") int times, TaskContext context) {}

        @Task(value = "reports.urgent", priority = 8)
        public void urgent() {}

        @Task("reports.any")
        public void any(String... to) {}
    }
}
