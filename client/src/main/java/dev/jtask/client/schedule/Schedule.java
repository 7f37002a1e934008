package dev.jtask.client.schedule;

import dev.jtask.client.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/// A task and when it is sent. Nobody waits for its result, so the worker keeps none.
///
/// @param name unique within its scheduler; the last run is kept under it
public record Schedule(String name, Timetable timetable, MissedRuns missed, TaskRequest<?> task) {

    /// The first run is one period after the scheduler first knows of it.
    public static Schedule every(String name, Duration period, TaskRequest<?> task) {
        return new Schedule(name, new Timetable.Every(period), MissedRuns.SEND_ONCE, task);
    }

    /// @param expression five fields of Unix cron, see [CronTimetable]
    public static Schedule cron(String name, String expression, ZoneId zone, TaskRequest<?> task) {
        return new Schedule(name, new CronTimetable(expression, zone), MissedRuns.SEND_ONCE, task);
    }

    public static Schedule at(String name, Instant time, TaskRequest<?> task) {
        return new Schedule(name, new Timetable.At(time), MissedRuns.SEND_ONCE, task);
    }

    public Schedule missed(MissedRuns policy) {
        return new Schedule(name, timetable, policy, task);
    }
}
