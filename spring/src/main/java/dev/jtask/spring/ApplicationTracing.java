package dev.jtask.spring;

import dev.jtask.broker.tracing.RunTrace;
import dev.jtask.broker.tracing.SendTrace;
import dev.jtask.broker.tracing.TaskTracing;
import dev.jtask.broker.tracing.Tracing;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.spring.observation.ObservedTasks;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Tells of tasks by observations or by OpenTelemetry, never by both: by whoever makes the application's other spans,
/// unless the application says which. Asked for each task, since handlers and tracers may come late.
final class ApplicationTracing implements TaskTracing {

    private final ObservationRegistry registry;
    private final TaskTracing observed;
    private final @Nullable Boolean wanted;
    private final BooleanSupplier traced;

    /// @param wanted null where the application does not say
    /// @param traced whether it has Micrometer Tracing
    ApplicationTracing(
            ObservationRegistry registry, ObservedTasks observed, @Nullable Boolean wanted, BooleanSupplier traced) {
        this.registry = registry;
        this.observed = observed;
        this.wanted = wanted;
        this.traced = traced;
    }

    @Override
    public SendTrace send(Routed task) {
        return present().send(task);
    }

    @Override
    public RunTrace run(TaskMessage task, String queue) {
        return present().run(task, queue);
    }

    @Override
    public void settled(String taskId) {
        observed.settled(taskId);
    }

    private TaskTracing present() {
        return !registry.isNoop() && observes() ? observed : Tracing.openTelemetry();
    }

    private boolean observes() {
        if (wanted != null) {
            return wanted;
        }
        return !Tracing.isOfTheProcess() && (traced.getAsBoolean() || !Tracing.isThere());
    }
}
