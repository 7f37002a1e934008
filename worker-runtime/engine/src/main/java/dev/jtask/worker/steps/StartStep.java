package dev.jtask.worker.steps;

import dev.jtask.protocol.result.TaskState;
import dev.jtask.worker.registry.TaskOptions.Trait;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Errands;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.TaskListener;
import java.util.Map;

/// What happens at the moment when nothing stands between a task and its run any more.
public final class StartStep implements Interceptor {

    private final TaskListener listener;
    private final Errands errands;
    private final Map<String, Object> whereabouts;

    /// @param nodeName reported with the state STARTED
    public StartStep(TaskListener listener, Errands errands, String nodeName) {
        this.listener = listener;
        this.errands = errands;
        this.whereabouts = Map.of("pid", ProcessHandle.current().pid(), "hostname", nodeName);
    }

    @Override
    public Outcome around(Job job, Next next) {
        var options = job.definition().options();
        if (options.is(Trait.ACKS_EARLY)) {
            job.delivery().receipt().settle(new Disposition.Ack());
        }
        if (options.is(Trait.TRACKS_START)) {
            errands.report(job, TaskState.STARTED, whereabouts);
        }
        listener.started(job.message());
        return next.proceed(job);
    }
}
