package dev.jtask.spring;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.tracing.TaskTracing;
import dev.jtask.schedule.Schedule;
import dev.jtask.worker.Worker;
import dev.jtask.worker.WorkerBuilder;
import dev.jtask.worker.WorkerCustomizer;
import dev.jtask.worker.options.RemoteAccess;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/// The worker of an application: its tasks are methods of beans, its meters go where the application's go.
final class BeanWorker implements EmbeddedWorker {

    private final Worker worker;

    private BeanWorker(Worker worker) {
        this.worker = worker;
    }

    /// @param environment of the application; of all workers with its `spring.application.name` one sends what
    /// [dev.jtask.task.TaskSchedule] asks for
    /// @throws JtaskStartException when an option is wrong, or a bean has a method that cannot be a task
    static EmbeddedWorker start(JtaskProperties jtask, ConfigurableListableBeanFactory beans, Environment environment) {
        var tasks = TaskBean.in(beans);
        var customizers =
                beans.getBeanProvider(WorkerCustomizer.class).orderedStream().toList();
        if (tasks.isEmpty() && customizers.isEmpty()) {
            throw new JtaskStartException(
                    "jtask.worker.enabled is true, and no bean has a method annotated with @Task",
                    "Annotate a method of a bean with @Task, or remove jtask.worker.enabled",
                    null);
        }
        var options = jtask.worker();
        try {
            var builder = Worker.builder()
                    .broker(ApplicationBroker.of(jtask, beans, environment).options())
                    .queues(jtask.consumed().toArray(String[]::new))
                    .resultBackend(jtask.resultBackend(), jtask.tls().files())
                    .seal(jtask.seal().withSignatures(options.signatures()).withMaxAge(options.signaturesMaxAge()))
                    .drainTimeout(options.drainTimeout())
                    .routes(options.routes())
                    .remoteControl(access(options.remoteControl()))
                    .redact(options.redact())
                    .keepFailed(options.keepFailed().toArray(String[]::new))
                    .properties(environment::resolveRequiredPlaceholders);
            if (options.concurrency() != null) {
                builder.concurrency(options.concurrency());
            }
            if (options.nodeName() != null) {
                builder.nodeName(options.nodeName());
            }
            builder.transactions(jtask.transactions(beans.getBeanProvider(AfterCommit.class)));
            beans.getBeanProvider(TaskTracing.class).ifAvailable(builder::tracing);
            beans.getBeanProvider(MeterRegistry.class).ifUnique(builder::meters);
            var schedules = schedules(tasks, environment);
            tasks.forEach(bean -> add(builder, bean));
            if (!schedules.isEmpty()) {
                builder.schedules(application(environment), schedules.toArray(Schedule[]::new));
            }
            customizers.forEach(each -> each.customize(builder));
            return new BeanWorker(builder.start());
        } catch (IllegalArgumentException e) {
            throw new JtaskStartException(
                    "the worker cannot start: " + e.getMessage(), "Correct jtask.* or the task that is named", e);
        }
    }

    @Override
    public List<String> troubles() {
        var health = worker.health();
        return Stream.of(health.troubles(), health.faults())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void stop() {
        worker.stop();
    }

    /// The properties are read without the worker, too.
    private static RemoteAccess access(JtaskProperties.RemoteControl property) {
        return switch (property) {
            case FULL -> RemoteAccess.FULL;
            case INSPECT -> RemoteAccess.INSPECT;
            case OFF -> RemoteAccess.OFF;
        };
    }

    private static <T> void add(WorkerBuilder builder, TaskBean<T> bean) {
        builder.tasks(bean.type(), bean::instance);
    }

    /// All applications without a name would be one scheduler.
    private static String application(Environment environment) {
        var name = environment.getProperty("spring.application.name", "");
        if (name.isBlank()) {
            throw new JtaskStartException(
                    "@TaskSchedule needs spring.application.name: of all applications of one name one sends",
                    "Give this application a name of its own",
                    null);
        }
        return name;
    }

    private static List<Schedule> schedules(List<TaskBean<?>> tasks, Environment environment) {
        var all = new ArrayList<Schedule>();
        tasks.forEach(bean -> all.addAll(Timed.of(bean.target(), environment::resolveRequiredPlaceholders)));
        return all;
    }
}
