package dev.jtask.spring.observation;

import dev.jtask.broker.tracing.RunTrace;
import dev.jtask.broker.tracing.SendTrace;
import dev.jtask.broker.tracing.TaskTracing;
import dev.jtask.broker.tracing.Tracing;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.TaskMessage;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Observations of an application's sends and runs. What follows of a run is sent when its observation is over, by any
/// thread: the observation is kept until all of it is with the broker, and is its parent.
public final class ObservedTasks implements TaskTracing {

    private static final TaskSendConvention SEND = new TaskObservation.DefaultSend();
    private static final TaskRunConvention RUN = new TaskObservation.DefaultRun();

    private final ObservationRegistry registry;
    private final @Nullable TaskSendConvention ofSends;
    private final @Nullable TaskRunConvention ofRuns;
    private final BooleanSupplier traced;
    private final Map<String, Observation> runs = new ConcurrentHashMap<>();

    /// @param ofSends null for the default, as is the other
    /// @param traced whether the log has the ids of spans that are made of them
    public ObservedTasks(
            ObservationRegistry registry,
            @Nullable TaskSendConvention ofSends,
            @Nullable TaskRunConvention ofRuns,
            BooleanSupplier traced) {
        this.registry = registry;
        this.ofSends = ofSends;
        this.ofRuns = ofRuns;
        this.traced = traced;
    }

    @Override
    public SendTrace send(Routed task) {
        var parent = parent(task.message());
        if (parent == null && TraceHeaders.areIn(task.message().customHeaders())) {
            // whose trace it is in is not observed here: a new one would tear it apart
            return new SendTrace.Untold(task);
        }
        var context = new TaskSendContext(task);
        var observation = TaskObservation.SEND.observation(ofSends, SEND, () -> context, registry);
        if (observation.isNoop()) {
            return new SendTrace.Untold(task);
        }
        if (parent != null) {
            observation.parentObservation(parent);
        }
        observation.start();
        return new ObservedSend(observation, context.traced());
    }

    @Override
    public RunTrace run(TaskMessage task, String queue) {
        var context = new TaskRunContext(task, queue);
        var observation = TaskObservation.RUN.observation(ofRuns, RUN, () -> context, registry);
        observation.start();
        if (!observation.isNoop()) {
            runs.put(task.id(), observation);
        }
        return new ObservedRun(
                registry, observation, context, traced.getAsBoolean() ? Map.of() : Tracing.ofSender(task));
    }

    @Override
    public void settled(String taskId) {
        runs.remove(taskId);
    }

    /// The present one, else the run that it follows of: the attempt before, or the task that has sent it.
    private @Nullable Observation parent(TaskMessage message) {
        @Nullable Observation present = registry.getCurrentObservation();
        if (present != null) {
            return present;
        }
        var before = message.retries() > 0 ? runs.get(message.id()) : null;
        var sender = message.parentId();
        return before != null || sender == null ? before : runs.get(sender);
    }
}
