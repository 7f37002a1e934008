package dev.jtask.worker;

import dev.jtask.schedule.Schedule;
import dev.jtask.worker.registry.BadArgumentsException;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import dev.jtask.worker.run.Dispatch;
import dev.jtask.worker.schedule.SchedulePlan;
import java.time.Instant;
import java.util.List;

/// What the tasks of a worker say of what its schedules send: whether they take it, better now than at night, each
/// night; and how it is sent.
record PlannedTasks(List<TaskDefinition> tasks) {

    /// @throws IllegalArgumentException naming the schedule, its task and why that would be refused
    void check(SchedulePlan plan) {
        for (var schedule : plan.schedules()) {
            tasks.stream()
                    .filter(task -> task.name().equals(schedule.task().task()))
                    .forEach(task -> check(schedule, task));
        }
    }

    /// With a queue and a priority where a schedule has none, as of all that the worker sends.
    ///
    /// @param consumed by the worker, whose first is the queue of a task of which nothing says where it goes
    /// @throws IllegalArgumentException when two tasks have one name
    SchedulePlan addressed(SchedulePlan plan, Routes routes, List<String> consumed) {
        if (plan.isEmpty() || consumed.isEmpty()) {
            return plan;
        }
        var dispatch = new Dispatch(routes, new TaskRegistry(tasks));
        return new SchedulePlan(
                plan.name(),
                plan.schedules().stream()
                        .map(each -> each.task(dispatch.addressed(each.task(), consumed.getFirst())))
                        .toList());
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
