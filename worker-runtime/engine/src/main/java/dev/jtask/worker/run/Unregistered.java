package dev.jtask.worker.run;

import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.registry.TaskBody;
import dev.jtask.worker.registry.TaskDefinition;

/// What stands in a job for a task that this worker does not have.
public final class Unregistered {

    private static final TaskBody NONE = (args, kwargs, context) -> {
        throw new IllegalStateException("an unregistered task is never called");
    };

    /// Without the name that the sender has written: it may be one that no task can have.
    private static final TaskDefinition UNKNOWN = TaskDefinition.of("unknown", NONE);

    private Unregistered() {}

    static TaskDefinition definition() {
        return UNKNOWN;
    }

    /// The name under which a definition is counted: senders must not be able to add time series.
    public static String knownName(TaskDefinition definition) {
        return is(definition) ? "unknown" : definition.name();
    }

    static boolean is(TaskDefinition definition) {
        return NONE.equals(definition.body());
    }

    static Outcome refused(String task, int others) {
        return new Outcome.Refused(
                "task '%s' is not registered here; this worker has %d others".formatted(task, others),
                RemoteError.celery("NotRegistered", task),
                Outcome.Refused.Kind.UNFIT,
                0);
    }
}
