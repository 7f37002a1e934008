package dev.jtask.spring.observation;

import dev.jtask.broker.tracing.RunEnd;
import dev.jtask.broker.tracing.RunTrace;
import dev.jtask.protocol.message.TaskMessage;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// @param logged nothing where the application's tracing puts it there by itself
record ObservedRun(
        ObservationRegistry registry, Observation observation, TaskRunContext context, Map<String, String> logged)
        implements RunTrace {

    @Override
    public TaskMessage message() {
        return context.message();
    }

    /// Whatever its handlers do, the thread, on which another task may run next, is as it was.
    @Override
    public Scope open() {
        Observation.@Nullable Scope before = registry.getCurrentObservationScope();
        try {
            var scope = observation.openScope();
            return () -> {
                try {
                    scope.close();
                } finally {
                    registry.setCurrentObservationScope(before);
                }
            };
        } catch (Throwable e) {
            registry.setCurrentObservationScope(before);
            throw e;
        }
    }

    @Override
    public void end(RunEnd end) {
        context.end(end);
        try {
            var fault = end.fault();
            if (fault != null) {
                observation.error(new TaskFailure(fault));
            }
        } finally {
            observation.stop();
        }
    }
}
