package dev.jtask.worker;

import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import org.jspecify.annotations.Nullable;

/// Contexts without a worker.
public final class Contexts {

    private Contexts() {}

    public static TaskContext of(TaskMessage message) {
        return new TaskContext(message, "q", TaskContext.Redelivery.FIRST, null, new TaskContext.Links() {
            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void report(String state, @Nullable Object meta) {}

            @Override
            public void emit(@Nullable Object piece) {}

            @Override
            public String send(TaskRequest<?> request) {
                return "child";
            }
        });
    }
}
