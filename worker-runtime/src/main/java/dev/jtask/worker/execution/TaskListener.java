package dev.jtask.worker.execution;

import dev.jtask.protocol.message.TaskMessage;
import java.time.Duration;

/// Hears what happens to tasks; must neither block nor throw.
public interface TaskListener {

    /// A message was decoded and names a task of this worker.
    void received(TaskMessage task);

    /// The task's code is about to run.
    void started(TaskMessage task);

    /// The outcome was settled with the broker.
    ///
    /// @param busy how long the attempt had its slot
    void ended(Execution execution, Duration busy);
}
