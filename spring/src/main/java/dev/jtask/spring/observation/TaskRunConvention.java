package dev.jtask.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/// How runs are named and described; a bean of this type takes the default's place.
public interface TaskRunConvention extends ObservationConvention<TaskRunContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof TaskRunContext;
    }

    @Override
    default String getName() {
        return "jtask.run";
    }

    @Override
    default String getContextualName(TaskRunContext context) {
        return "process " + context.queue();
    }
}
