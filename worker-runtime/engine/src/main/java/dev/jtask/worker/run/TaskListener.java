package dev.jtask.worker.run;

import dev.jtask.protocol.message.TaskMessage;
import java.time.Duration;

/// Hears what happens to tasks; must neither block nor throw. `docs/life-of-a-task.md` says when each is told.
public interface TaskListener {

    /// A message was decoded and names a task of this worker.
    default void received(Job job) {}

    /// The task's code is about to run.
    default void started(TaskMessage task) {}

    /// The ending was carried out: everything that follows of it is with the broker.
    ///
    /// @param busy how long the job had its slot
    default void ended(Job job, Outcome outcome, Duration busy) {}

    /// The ending was not carried out: the broker took the message back first, or gets it back. It comes again.
    default void lost(Job job, Outcome outcome) {}
}
