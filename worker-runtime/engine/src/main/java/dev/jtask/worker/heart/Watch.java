package dev.jtask.worker.heart;

import dev.jtask.broker.Outgoing;
import dev.jtask.worker.run.Listeners;
import dev.jtask.worker.run.TaskListener;
import java.util.List;
import java.util.function.UnaryOperator;

/// Somebody who sees all that a worker sends, and what becomes of its tasks.
///
/// @param sending stands before the worker's way out
public record Watch(UnaryOperator<Outgoing> sending, TaskListener listener) {

    /// Nobody.
    public static final Watch NONE = new Watch(UnaryOperator.identity(), new Listeners(List.of()));
}
