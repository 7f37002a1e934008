package dev.jtask.worker.registry;

import org.jspecify.annotations.Nullable;

/// Where a task goes that this worker sends: configuration first, then the task's own option.
public record Routing(Routes routes, TaskRegistry registry) {

    /// Null when nothing says.
    @Nullable
    public String queueFor(String task) {
        var definition = registry.find(task);
        return routes.queueFor(task)
                .orElseGet(
                        () -> definition == null ? null : definition.options().queue());
    }
}
