package dev.jtask.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the task that a method of a stub's interface stands for; on the interface, the prefix of its methods' names:
/// `@TaskName("tasks") interface Calculator { TaskHandle<Integer> add(int x, int y); }` calls `tasks.add`.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface TaskName {

    /// On a method the whole name; on an interface what comes before the dot.
    String value();
}
