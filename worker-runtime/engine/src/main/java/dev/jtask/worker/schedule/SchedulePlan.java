package dev.jtask.worker.schedule;

import dev.jtask.schedule.Schedule;
import dev.jtask.schedule.Scheduler;
import java.util.List;

/// What a process sends by the clock.
///
/// @param name of all processes that share it one sends; see [dev.jtask.schedule.Scheduler]
public record SchedulePlan(String name, List<Schedule> schedules) {

    /// Nothing.
    public static final SchedulePlan NONE = new SchedulePlan("none", List.of());

    public SchedulePlan {
        schedules = List.copyOf(schedules);
        Scheduler.requireName(name);
    }

    public boolean isEmpty() {
        return schedules.isEmpty();
    }
}
