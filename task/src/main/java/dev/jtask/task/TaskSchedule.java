package dev.jtask.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Sends the task of this method by the clock, without arguments, in an application of Spring Boot or Quarkus. Of all
/// workers of the application one sends; whichever is free runs it. Each value may name a property of the
/// application, as `${a.property}`.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TaskSchedule {

    /// Five fields of Unix cron: minute, hour, day of month, month, day of week.
    String cron() default "";

    /// Whose wall clock [#cron()] means.
    String zone() default "UTC";

    /// In place of [#cron()], a period such as `30s`, `5m` or `PT1H`.
    String every() default "";
}
