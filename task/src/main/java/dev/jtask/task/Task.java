package dev.jtask.task;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes a public method a task, with all that overrides or inherits it. Where nobody gives an object, its
/// class has a constructor without parameters, or the method is static. Arguments are bound by position or,
/// compiled with `-parameters`, by name.
///
/// Durations are written `500ms`, `30s`, `5m` or `1h30m`; an empty one means none.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Task {

    /// The name on the wire, the same for every client and worker, for example `tasks.add`.
    String value();

    /// Where this worker sends the task when it is the one that sends it; the queue of the sending task by
    /// default.
    String queue() default "";

    /// How often a failed task is tried again before its failure is final; -1 without limit. Celery's default
    /// is 3.
    int maxRetries() default 3;

    /// Exceptions after which the task is tried again by itself; none by default.
    Class<? extends Throwable>[] retryFor() default {};

    /// Exceptions after which it is not, though [#retryFor()] has a superclass of theirs.
    Class<? extends Throwable>[] dontRetryFor() default {};

    /// The wait before a retry. Celery's default is three minutes.
    String retryDelay() default "180s";

    /// Doubles the delay with each retry, from [#retryDelay()] to at most [#backoffCap()].
    boolean backoff() default false;

    /// The longest delay of [#backoff()].
    String backoffCap() default "10m";

    /// Takes any delay between zero and the doubled one, so that tasks that failed together do not come back
    /// together.
    boolean jitter() default true;

    /// After this time the task's thread is interrupted; a task that ends by that has failed with
    /// `SoftTimeLimitExceeded`.
    String softTimeLimit() default "";

    /// After this time the task has failed with `TimeLimitExceeded`, whether it obeys its interrupt or not.
    String timeLimit() default "";

    /// The most that one worker starts in a time: `10/s`, `100/m`, `5/h`.
    String rateLimit() default "";

    /// The most runs at the same time on all workers of a virtual host together; 0 without limit. One that is too many
    /// waits in the broker, holds no slot and loses no retry.
    int maxConcurrent() default 0;

    /// The most starts in a time on all workers of a virtual host together: `10/s`, `100/m`, `5/h`, in any second,
    /// minute or hour.
    String maxRate() default "";

    /// The parameter by whose values [#maxConcurrent()] and [#maxRate()] count, each for itself: `customer`.
    String limitKey() default "";

    /// Nobody is told the result, unless the sender asks for it explicitly.
    boolean ignoreResult() default false;

    /// Reports the state STARTED when the task starts.
    boolean trackStarted() default false;

    /// Acknowledges before the task runs: at most once instead of at least once.
    boolean ackEarly() default false;

    /// Runs for longer than a broker lets a delivery be unacknowledged, usually 30 minutes: its message is
    /// parked in a queue of its own while it runs. Other tasks are parked when they have become long.
    boolean longRunning() default false;

    /// When it has failed for good, its message is kept in `<queue>.failed`, to be looked at and sent back.
    boolean keepFailed() default false;

    /// The message priority when this worker sends the task, 0 to 255.
    int priority() default 0;

    /// Exceptions that are a normal answer of this task: told to the sender, but not logged as failures.
    Class<? extends Throwable>[] expected() default {};
}
