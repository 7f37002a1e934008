package dev.jtask.worker.settle;

import dev.jtask.protocol.message.Protection;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.TaskDetails;
import dev.jtask.worker.run.Job;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whom a result is for.
///
/// @param replyTo the sender's reply queue; empty when it has none
/// @param protection of the message that it answers, and so of the result
/// @param details of the task, where results tell them
public record Addressee(
        String taskId,
        String replyTo,
        String correlationId,
        @Nullable String group,
        @Nullable String parentId,
        Set<Protection> protection,
        @Nullable TaskDetails details) {

    /// Of a result that nothing protects.
    public Addressee(
            String taskId, String replyTo, String correlationId, @Nullable String group, @Nullable String parentId) {
        this(taskId, replyTo, correlationId, group, parentId, Set.of(), null);
    }

    public static Addressee of(Job job) {
        return of(job.message(), job.details());
    }

    static Addressee of(TaskMessage task, @Nullable TaskDetails details) {
        return new Addressee(
                task.id(),
                task.replyTo(),
                task.correlationId(),
                task.group(),
                task.parentId(),
                Protection.of(task.customHeaders()),
                details);
    }
}
