package dev.jtask.worker;

import dev.jtask.worker.registry.TaskRegistry;
import org.jspecify.annotations.Nullable;

/// Where a task goes that this worker sends: configuration first, then the task's own option.
record Routing(Routes routes, TaskRegistry registry) {

    /// Null when nothing says.
    @Nullable
    String queueFor(String task) {
        var definition = registry.find(task);
        return routes.queueFor(task)
                .orElseGet(
                        () -> definition == null ? null : definition.options().queue());
    }
}
