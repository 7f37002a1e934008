package dev.jtask.test.memory;

import dev.jtask.schedule.Schedule;
import dev.jtask.worker.registry.TaskDefinition;
import java.util.List;

/// What a test gives to its worker.
///
/// @param bindings of exchanges, which a broker's operator would declare
public record Equipment(List<TaskDefinition> tasks, List<Schedule> schedules, List<Binding> bindings) {

    /// From an exchange to a queue.
    public record Binding(String exchange, String routingKey, String queue) {}

    public Equipment {
        tasks = List.copyOf(tasks);
        schedules = List.copyOf(schedules);
        bindings = List.copyOf(bindings);
    }
}
