package dev.jtask.quarkus;

import java.util.List;

/// The beans whose classes have tasks, as the build has found them.
///
/// @param application whose workers share the schedules
public record FoundTasks(String application, List<Bean> beans) {

    /// A bean by its name in the container, and the class that its author wrote.
    public record Bean(String id, Class<?> type) {}

    public FoundTasks {
        beans = List.copyOf(beans);
    }
}
