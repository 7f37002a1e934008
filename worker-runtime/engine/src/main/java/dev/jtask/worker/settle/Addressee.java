package dev.jtask.worker.settle;

import dev.jtask.protocol.message.TaskMessage;
import org.jspecify.annotations.Nullable;

/// Whom a result is for.
///
/// @param replyTo the sender's reply queue; empty when it has none
public record Addressee(
        String taskId,
        String replyTo,
        String correlationId,
        @Nullable String group,
        @Nullable String parentId) {

    public static Addressee of(TaskMessage task) {
        return new Addressee(task.id(), task.replyTo(), task.correlationId(), task.group(), task.parentId());
    }
}
