package dev.jtask.spring;

import dev.jtask.schedule.Schedule;
import dev.jtask.task.Task;
import dev.jtask.task.request.TaskRequest;
import java.lang.reflect.Method;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/// The schedules that a class asks for with [TaskSchedule].
final class Timed {

    private Timed() {}

    /// @param resolved puts the application's properties in place of `${…}`
    /// @throws IllegalArgumentException naming the method and what is wrong with it
    static List<Schedule> of(Class<?> type, String queue, UnaryOperator<String> resolved) {
        return MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<TaskSchedule>)
                        method -> AnnotatedElementUtils.findMergedAnnotation(method, TaskSchedule.class))
                .entrySet()
                .stream()
                .map(entry -> schedule(entry.getKey(), entry.getValue(), queue, resolved))
                .toList();
    }

    private static Schedule schedule(Method method, TaskSchedule when, String queue, UnaryOperator<String> resolved) {
        var task = AnnotatedElementUtils.findMergedAnnotation(method, Task.class);
        if (task == null) {
            throw wrong(method, "needs @Task too, whose name is what is sent", null);
        }
        if (when.cron().isEmpty() == when.every().isEmpty()) {
            throw wrong(method, "needs either cron or every", null);
        }
        var request = TaskRequest.of(task.value()).queue(task.queue().isEmpty() ? queue : task.queue());
        try {
            return when.every().isEmpty()
                    ? Schedule.cron(
                            task.value(), resolved.apply(when.cron()), ZoneId.of(resolved.apply(when.zone())), request)
                    : Schedule.every(task.value(), DurationStyle.detectAndParse(resolved.apply(when.every())), request);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(method, String.valueOf(e.getMessage()), e);
        }
    }

    private static IllegalArgumentException wrong(Method method, String fault, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "@TaskSchedule of %s.%s: %s"
                        .formatted(method.getDeclaringClass().getName(), method.getName(), fault),
                cause);
    }
}
