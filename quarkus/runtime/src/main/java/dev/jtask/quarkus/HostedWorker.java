package dev.jtask.quarkus;

import dev.jtask.broker.AfterCommit;
import dev.jtask.schedule.AnnotatedSchedules;
import dev.jtask.schedule.Schedule;
import dev.jtask.task.TaskSchedule;
import dev.jtask.worker.Health;
import dev.jtask.worker.Worker;
import dev.jtask.worker.WorkerBuilder;
import dev.jtask.worker.WorkerCustomizer;
import dev.jtask.worker.options.RemoteAccess;
import dev.jtask.worker.registry.classes.TaskMethod;
import dev.jtask.worker.registry.classes.TaskMethods;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The worker of an application: its tasks are methods of beans, its meters go where the application's go.
final class HostedWorker {

    private final Worker worker;

    private HostedWorker(Worker worker) {
        this.worker = worker;
    }

    /// @throws ConfigurationException when an option is wrong, or a bean has a method that cannot be a task
    static HostedWorker start(
            JtaskConfig jtask,
            FoundTasks found,
            Instance<WorkerCustomizer> customizers,
            Instance<MeterRegistry> meters,
            Instance<AfterCommit> transactions) {
        if (found.beans().isEmpty() && customizers.isUnsatisfied()) {
            throw new ConfigurationException(
                    "jtask.worker.enabled is true, and no bean has a method annotated with @Task. Annotate a method of"
                            + " a bean, or remove jtask.worker.enabled",
                    Set.of("jtask.worker.enabled"));
        }
        try {
            var builder = builder(jtask);
            if (jtask.sending().sendAfterCommit() && transactions.isResolvable()) {
                builder.transactions(transactions.get());
            }
            if (meters.isResolvable()) {
                builder.meters(meters.get());
            }
            var schedules = new ArrayList<Schedule>();
            for (var bean : found.beans()) {
                add(builder, bean);
                schedules.addAll(schedules(bean.type()));
            }
            if (!schedules.isEmpty()) {
                builder.schedules(found.application(), schedules.toArray(Schedule[]::new));
            }
            customizers.forEach(each -> each.customize(builder));
            return new HostedWorker(builder.start());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "the worker cannot start: %s. Correct jtask.* or the task that is named".formatted(e.getMessage()),
                    e,
                    Set.of("jtask.worker.enabled"));
        }
    }

    Health health() {
        return worker.health();
    }

    /// Drains, and returns when that is done.
    void stop() {
        worker.stop();
    }

    private static WorkerBuilder builder(JtaskConfig jtask) {
        var options = jtask.worker();
        var intake = options.intake();
        var guard = options.guard();
        var connections = Connections.of(jtask);
        var builder = Worker.builder()
                .broker(connections.broker())
                .queues(consumed(jtask).toArray(String[]::new))
                .resultBackend(jtask.servers().resultBackend(), connections.tls())
                .seal(connections.seal().withSignatures(guard.signatures()).withMaxAge(guard.signaturesMaxAge()))
                .drainTimeout(options.drainTimeout())
                .routes(intake.following().routes().orElse(""))
                .remoteControl(access(guard.remoteControl()))
                .redact(guard.redact().orElse(""))
                .keepFailed(intake.following().keepFailed().orElse(List.of()).toArray(String[]::new))
                .properties(text -> Placeholders.resolve("its text", text));
        intake.concurrency().ifPresent(builder::concurrency);
        intake.nodeName().ifPresent(builder::nodeName);
        return builder;
    }

    /// The properties are read without the worker, too.
    private static RemoteAccess access(JtaskConfig.RemoteControl property) {
        return switch (property) {
            case FULL -> RemoteAccess.FULL;
            case INSPECT -> RemoteAccess.INSPECT;
            case OFF -> RemoteAccess.OFF;
        };
    }

    private static List<String> consumed(JtaskConfig jtask) {
        return jtask.worker()
                .intake()
                .queues()
                .filter(names -> !names.isEmpty())
                .orElse(List.of(jtask.sending().queue()));
    }

    @SuppressWarnings("unchecked") // the build found the bean by this class
    private static <T> void add(WorkerBuilder builder, FoundTasks.Bean bean) {
        builder.leasedTasks((Class<T>) bean.type(), BeanLease.<T>of(bean));
    }

    private static List<Schedule> schedules(Class<?> type) {
        return TaskMethods.of(type).stream()
                .filter(each -> each.method().isAnnotationPresent(TaskSchedule.class))
                .map(HostedWorker::schedule)
                .toList();
    }

    private static Schedule schedule(TaskMethod task) {
        var name = "%s.%s".formatted(task.type().getName(), task.method().getName());
        var annotated =
                new AnnotatedSchedules(text -> Placeholders.resolve("a value", text), DurationConverter::parseDuration);
        return annotated.read(name, task.task(), task.method().getAnnotation(TaskSchedule.class));
    }
}
