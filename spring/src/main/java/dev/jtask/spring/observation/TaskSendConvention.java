package dev.jtask.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/// How sends are named and described; a bean of this type takes the default's place.
public interface TaskSendConvention extends ObservationConvention<TaskSendContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof TaskSendContext;
    }

    @Override
    default String getName() {
        return "jtask.send";
    }

    @Override
    default String getContextualName(TaskSendContext context) {
        return "send " + context.destination();
    }
}
