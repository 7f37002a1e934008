package dev.jtask.broker.tracing;

import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.TaskMessage;

/// Who tells of tasks that are sent and run: OpenTelemetry unless somebody takes its place, so that nothing is told
/// twice. What it throws costs no task.
public interface TaskTracing {

    /// A task is about to be sent.
    SendTrace send(Routed task);

    /// A task is about to be run, on this thread.
    ///
    /// @param queue where it came from
    RunTrace run(TaskMessage task, String queue);

    /// All that follows of a run is with the broker.
    ///
    /// @param taskId of the task that has run
    void settled(String taskId);
}
