package dev.jtask.worker.registry;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tasks of one worker by name.
public final class TaskRegistry {

    private final Map<String, TaskDefinition> tasks;

    /// @throws IllegalArgumentException when two tasks have one name
    public TaskRegistry(Collection<TaskDefinition> definitions) {
        tasks = new TreeMap<>();
        for (var definition : definitions) {
            if (tasks.put(definition.name(), definition) != null) {
                throw new IllegalArgumentException("two tasks are named '%s'; rename one".formatted(definition.name()));
            }
        }
    }

    /// Adds tasks whose names are not taken.
    public TaskRegistry orElse(Collection<TaskDefinition> more) {
        more.forEach(definition -> tasks.putIfAbsent(definition.name(), definition));
        return this;
    }

    public @Nullable TaskDefinition find(String name) {
        return tasks.get(name);
    }

    public Set<String> names() {
        return tasks.keySet();
    }
}
