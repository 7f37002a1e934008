package dev.jtask.worker.execution;

import dev.jtask.protocol.message.TaskMessage;
import java.time.Duration;
import java.util.List;

/// Several listeners as one.
///
/// @param all told in this order
public record Listeners(List<TaskListener> all) implements TaskListener {

    public Listeners {
        all = List.copyOf(all);
    }

    @Override
    public void received(TaskMessage task) {
        all.forEach(listener -> listener.received(task));
    }

    @Override
    public void started(TaskMessage task) {
        all.forEach(listener -> listener.started(task));
    }

    @Override
    public void ended(Execution execution, Duration busy) {
        all.forEach(listener -> listener.ended(execution, busy));
    }
}
