package dev.jtask.worker.schedule;

import dev.jtask.schedule.Schedule;
import dev.jtask.schedule.Scheduler;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/// What a process sends by the clock.
///
/// @param name of all processes that share it one sends; see [dev.jtask.schedule.Scheduler]
public record SchedulePlan(String name, List<Schedule> schedules) {

    /// Nothing.
    public static final SchedulePlan NONE = new SchedulePlan("none", List.of());

    public SchedulePlan {
        schedules = List.copyOf(schedules);
        Scheduler.requireName(name);
        var names = new HashSet<String>();
        schedules.stream().map(Schedule::name).filter(each -> !names.add(each)).forEach(twice -> {
            throw new IllegalArgumentException(
                    "scheduler '%s' has two schedules named '%s'; rename one".formatted(name, twice));
        });
    }

    /// Both, of one name: a process has one scheduler.
    ///
    /// @throws IllegalArgumentException when they have two names, or two schedules have one
    public SchedulePlan and(SchedulePlan more) {
        if (isEmpty() || more.isEmpty()) {
            return isEmpty() ? more : this;
        }
        if (!name.equals(more.name)) {
            throw new IllegalArgumentException(
                    "this worker's scheduler is already named '%s'; give the schedules of '%s' that name, or a Scheduler of their own"
                            .formatted(name, more.name));
        }
        return new SchedulePlan(
                name, Stream.concat(schedules.stream(), more.schedules.stream()).toList());
    }

    public boolean isEmpty() {
        return schedules.isEmpty();
    }
}
