package dev.jtask.worker;

import dev.jtask.schedule.Schedule;
import dev.jtask.worker.registry.BadArgumentsException;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.schedule.SchedulePlan;
import java.time.Instant;
import java.util.List;

/// What the tasks of a worker say of what its schedules send: whether they take it, better now than at night, each
/// night; and with what priority, as of all that the worker sends.
record PlannedTasks(List<TaskDefinition> tasks) {

    /// @throws IllegalArgumentException naming the schedule, its task and why that would be refused
    void check(SchedulePlan plan) {
        for (var schedule : plan.schedules()) {
            tasks.stream()
                    .filter(task -> task.name().equals(schedule.task().task()))
                    .forEach(task -> check(schedule, task));
        }
    }

    /// With the priority of its task where a schedule has none.
    SchedulePlan prioritized(SchedulePlan plan) {
        return new SchedulePlan(
                plan.name(), plan.schedules().stream().map(this::prioritized).toList());
    }

    private Schedule prioritized(Schedule schedule) {
        var request = schedule.task();
        if (request.options().priority() != 0) {
            return schedule;
        }
        return tasks.stream()
                .filter(task -> task.name().equals(request.task()))
                .findFirst()
                .map(task -> schedule.task(request.priority(task.options().priority())))
                .orElse(schedule);
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
