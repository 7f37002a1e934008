package dev.jtask.worker;

import dev.jtask.schedule.Schedule;
import dev.jtask.worker.registry.BadArgumentsException;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.schedule.SchedulePlan;
import java.time.Instant;
import java.util.List;

/// Whether the tasks of a worker take what its schedules send; better now than at night, each night.
record PlannedTasks(List<TaskDefinition> tasks) {

    /// @throws IllegalArgumentException naming the schedule, its task and why that would be refused
    void check(SchedulePlan plan) {
        for (var schedule : plan.schedules()) {
            tasks.stream()
                    .filter(task -> task.name().equals(schedule.task().task()))
                    .forEach(task -> check(schedule, task));
        }
    }

    private static void check(Schedule schedule, TaskDefinition task) {
        var sent = schedule.task().message("planned", Instant.EPOCH).build();
        try {
            task.body().check(sent.args(), sent.kwargs());
        } catch (BadArgumentsException e) {
            throw new IllegalArgumentException(
                    "schedule '%s' sends task '%s' what it would refuse: %s() %s; correct the schedule, or make parameters Optional, @Nullable or @Default"
                            .formatted(schedule.name(), task.name(), task.name(), e.getMessage()),
                    e);
        }
    }
}
