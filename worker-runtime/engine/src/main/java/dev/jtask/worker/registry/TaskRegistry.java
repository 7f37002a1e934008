package dev.jtask.worker.registry;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tasks of one worker by name.
public final class TaskRegistry {

    private final Map<String, TaskDefinition> tasks;

    /// @throws IllegalArgumentException when two tasks have one name, naming both methods
    public TaskRegistry(Collection<TaskDefinition> definitions) {
        tasks = new TreeMap<>();
        for (var definition : definitions) {
            var other = tasks.put(definition.name(), definition);
            if (other != null) {
                throw new IllegalArgumentException("two tasks are named '%s': %s and %s; rename one"
                        .formatted(definition.name(), described(other), described(definition)));
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

    /// Those that nobody knows the names of arguments of, since their classes were compiled without.
    public List<String> nameless() {
        return tasks.values().stream()
                .filter(each -> each.body().hasLostNames())
                .map(TaskDefinition::name)
                .toList();
    }

    private static String described(TaskDefinition definition) {
        var body = definition.body();
        return body instanceof MethodTask || body instanceof LambdaTask
                ? body.toString()
                : "code of " + body.getClass().getName();
    }
}
