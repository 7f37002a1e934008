package dev.jtask.schedule;

import dev.jtask.task.Task;
import dev.jtask.task.TaskSchedule;
import dev.jtask.task.request.TaskRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads what methods ask for with [TaskSchedule], for the containers that find them. Where the tasks go is left
/// to the worker that sends them, which has their options.
///
/// @param resolved puts the application's properties in place of `${…}`
/// @param period reads a duration as the application's other ones are read
public record AnnotatedSchedules(UnaryOperator<String> resolved, Function<String, Duration> period) {

    /// @param method as people write it
    /// @param task null where the method has no such annotation
    /// @throws IllegalArgumentException naming the method and what is wrong with it
    public Schedule read(String method, @Nullable Task task, TaskSchedule when) {
        if (task == null) {
            throw wrong(method, "needs @Task too, whose name is what is sent", null);
        }
        if (when.cron().isEmpty() == when.every().isEmpty()) {
            throw wrong(method, "needs either cron or every", null);
        }
        try {
            var request = TaskRequest.of(task.value());
            return when.every().isEmpty()
                    ? Schedule.cron(
                            task.value(), resolved.apply(when.cron()), ZoneId.of(resolved.apply(when.zone())), request)
                    : Schedule.every(task.value(), period.apply(resolved.apply(when.every())), request);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(method, String.valueOf(e.getMessage()), e);
        }
    }

    private static IllegalArgumentException wrong(String method, String fault, @Nullable Throwable cause) {
        return new IllegalArgumentException("@TaskSchedule of %s: %s".formatted(method, fault), cause);
    }
}
