package dev.jtask.spring;

import dev.jtask.schedule.AnnotatedSchedules;
import dev.jtask.schedule.Schedule;
import dev.jtask.task.Task;
import dev.jtask.task.TaskSchedule;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/// The schedules that a class asks for with [TaskSchedule].
final class Timed {

    private Timed() {}

    /// @param resolved puts the application's properties in place of `${…}`
    /// @throws IllegalArgumentException naming the method and what is wrong with it
    static List<Schedule> of(Class<?> type, UnaryOperator<String> resolved) {
        var annotated = new AnnotatedSchedules(resolved, DurationStyle::detectAndParse);
        return MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<TaskSchedule>)
                        method -> AnnotatedElementUtils.findMergedAnnotation(method, TaskSchedule.class))
                .entrySet()
                .stream()
                .map(entry -> annotated.read(
                        name(entry.getKey()),
                        AnnotatedElementUtils.findMergedAnnotation(entry.getKey(), Task.class),
                        entry.getValue()))
                .toList();
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
