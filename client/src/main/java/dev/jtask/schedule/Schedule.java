package dev.jtask.schedule;

import dev.jtask.protocol.json.Limits;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// A task and when it is sent. Nobody waits for its result: it is kept where the worker keeps results, unless the task
/// or the request ignores it.
///
/// @param name unique within its scheduler; the last run is kept under it
/// @param startingDeadline a time that is longer ago is not made up for; null for no such limit
/// @param suspended while it is, its times pass without a task, and are not made up for later
public record Schedule(
        String name,
        Timetable timetable,
        MissedRuns missed,
        @Nullable Duration startingDeadline,
        boolean suspended,
        TaskRequest<?> task) {

    public Schedule {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a schedule of task '%s' has no name".formatted(task.task()));
        }
        if (startingDeadline != null && (startingDeadline.isNegative() || startingDeadline.isZero())) {
            throw new IllegalArgumentException(
                    "schedule '%s': a starting deadline must be positive, not %s".formatted(name, startingDeadline));
        }
        if (startingDeadline != null && startingDeadline.compareTo(Limits.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "schedule '%s': a starting deadline must be a hundred years or less, not %s; without one nothing is too late"
                            .formatted(name, startingDeadline));
        }
    }

    /// The first run is one period after the scheduler first knows of it.
    ///
    /// @param period one second or more
    public static Schedule every(String name, Duration period, TaskRequest<?> task) {
        return of(name, new Timetable.Every(period), task);
    }

    /// @param expression five fields of Unix cron, see [CronTimetable]
    /// @param zone whose wall clock counts
    public static Schedule cron(String name, String expression, ZoneId zone, TaskRequest<?> task) {
        return of(name, new CronTimetable(expression, zone), task);
    }

    /// Once.
    public static Schedule at(String name, Instant time, TaskRequest<?> task) {
        return of(name, new Timetable.At(time), task);
    }

    /// Missed times are made up for with one task.
    public static Schedule of(String name, Timetable timetable, TaskRequest<?> task) {
        return new Schedule(name, timetable, MissedRuns.SEND_ONCE, null, false, task);
    }

    /// What becomes of times at which no scheduler ran, or could not send; one task for all of them by default.
    public Schedule missed(MissedRuns policy) {
        return new Schedule(name, timetable, policy, startingDeadline, suspended, task);
    }

    /// Sends this instead.
    public Schedule task(TaskRequest<?> request) {
        return new Schedule(name, timetable, missed, startingDeadline, suspended, request);
    }

    /// A time that is longer ago than this is skipped, whatever the policy.
    public Schedule startingDeadline(Duration deadline) {
        return new Schedule(name, timetable, missed, deadline, suspended, task);
    }

    /// Sends nothing until it is started without this.
    public Schedule suspend() {
        return new Schedule(name, timetable, missed, startingDeadline, true, task);
    }
}
