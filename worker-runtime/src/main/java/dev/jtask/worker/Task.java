package dev.jtask.worker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes a method a task. The method is public; its class is public and has a public constructor without parameters, or
/// the method is static. Arguments are bound by position or, compiled with `-parameters`, by name.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Task {

    /// The name on the wire, the same for every client and worker, for example `tasks.add`.
    String value();

    /// How often a failed task is tried again before its failure is final; -1 without limit. Celery's default is 3.
    int maxRetries() default 3;

    /// The wait before a retry, such as `500ms`, `30s` or `5m`. Celery's default is three minutes.
    String retryDelay() default "180s";

    /// Doubles the delay with each retry, from [#retryDelay()] to at most ten minutes, with full jitter.
    boolean backoff() default false;

    /// Exceptions after which the task is tried again by itself; none by default.
    Class<? extends Throwable>[] retryFor() default {};

    /// Nobody is told the result, unless the sender asks for it explicitly.
    boolean ignoreResult() default false;
}
