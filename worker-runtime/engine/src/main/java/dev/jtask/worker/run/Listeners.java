package dev.jtask.worker.run;

import dev.jtask.protocol.message.TaskMessage;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/// Several listeners as one. One that throws in spite of its promise is logged, and the others hear of it all the same.
///
/// @param all told in this order
public record Listeners(List<TaskListener> all) implements TaskListener {

    private static final SparseLog FAILURES = new SparseLog(LoggerFactory.getLogger(Listeners.class));

    public Listeners {
        all = List.copyOf(all);
    }

    @Override
    public void received(Job job) {
        each(listener -> listener.received(job));
    }

    @Override
    public void started(TaskMessage task) {
        each(listener -> listener.started(task));
    }

    @Override
    public void ended(Job job, Outcome outcome, Duration busy) {
        each(listener -> listener.ended(job, outcome, busy));
    }

    @Override
    public void lost(Job job, Outcome outcome) {
        each(listener -> listener.lost(job, outcome));
    }

    private void each(Consumer<TaskListener> tell) {
        for (var listener : all) {
            try {
                tell.accept(listener);
            } catch (Throwable e) { // the boundary of somebody else's code: a meter that fails must not cost a task
                FAILURES.warn(
                        "%s failed; the task goes on"
                                .formatted(listener.getClass().getName()),
                        e);
            }
        }
    }
}
