package dev.jtask.test;

import dev.jtask.schedule.Schedule;
import dev.jtask.test.memory.Equipment;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// What a test has given to its worker so far. Safe for any thread.
final class Given {

    private final Runnable beans;
    private final List<TaskDefinition> tasks = new ArrayList<>();
    private final List<Schedule> schedules = new ArrayList<>();
    private final List<Equipment.Binding> bindings = new ArrayList<>();
    private boolean shut;

    /// @param beans adds those that are known by now and were not added yet
    Given(Consumer<Given> beans) {
        this.beans = () -> beans.accept(this);
    }

    /// @throws IllegalArgumentException when two tasks have one name
    synchronized void add(List<TaskDefinition> more) {
        requireOpen();
        var all = new ArrayList<>(tasks);
        all.addAll(more);
        var _ = new TaskRegistry(all);
        tasks.addAll(more);
    }

    synchronized void add(Schedule schedule) {
        requireOpen();
        schedules.add(schedule);
    }

    synchronized void add(Equipment.Binding binding) {
        requireOpen();
        bindings.add(binding);
    }

    Equipment now() {
        beans.run();
        synchronized (this) {
            return new Equipment(tasks, schedules, bindings);
        }
    }

    /// A worker has started that takes nothing more.
    synchronized Equipment last() {
        var all = now();
        shut = true;
        return all;
    }

    private void requireOpen() {
        if (shut) {
            throw new IllegalStateException(
                    "on a real broker the worker starts with the first task that is sent; give it tasks, schedules and bindings before");
        }
    }

    /// What a worker consumes that was told nothing else: nothing without tasks.
    ///
    /// @param usual where tasks go that name no queue
    static Set<String> queues(Equipment equipment, String usual) {
        var queues = new LinkedHashSet<String>();
        if (!equipment.tasks().isEmpty()) {
            queues.add(usual);
        }
        for (var task : equipment.tasks()) {
            var own = task.options().queue();
            if (own != null) {
                queues.add(own);
            }
        }
        return queues;
    }
}
