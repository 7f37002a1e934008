package dev.jtask.worker.execution;

import dev.jtask.protocol.result.TaskState;
import dev.jtask.worker.registry.TaskOptions.Trait;
import java.util.Map;

/// What happens at the moment when nothing stands between a task and its run any more.
public final class Starting implements Interceptor {

    private final TaskListener listener;
    private final Map<String, Object> whereabouts;

    /// @param nodeName reported with the state STARTED
    public Starting(TaskListener listener, String nodeName) {
        this.listener = listener;
        this.whereabouts = Map.of("pid", ProcessHandle.current().pid(), "hostname", nodeName);
    }

    @Override
    public Outcome around(Invocation invocation, Step next) {
        var options = invocation.definition().options();
        var handling = invocation.attempt().handling();
        if (options.is(Trait.ACKS_EARLY)) {
            handling.acknowledgeEarly();
        }
        if (options.is(Trait.TRACKS_START)) {
            handling.report(invocation.message(), TaskState.STARTED, whereabouts);
        }
        listener.started(invocation.message());
        return next.proceed();
    }
}
