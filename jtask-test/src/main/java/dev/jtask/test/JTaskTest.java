package dev.jtask.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives each test of a class a worker of its own, a [dev.jtask.client.TaskClient] and a [JTask], as parameters of its
/// methods. The worker is the one of production; its broker is in memory and its clock stands until the test lets time
/// pass, unless the class or the method says [OnRabbitMq].
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(JTaskExtension.class)
public @interface JTaskTest {

    /// Where results are.
    enum Results {
        /// They go to the client that sent the task, as with `rpc://`.
        RPC,
        /// They are kept, as in Redis: chords, idempotency keys and handles by id work as well.
        KEPT
    }

    /// Classes with `@Task` methods and a constructor without parameters. Objects of classes that need more are the
    /// fields annotated with [TaskBean].
    Class<?>[] value() default {};

    /// What the worker consumes, in this order; by default `celery` and the queues that its tasks name.
    String[] queues() default {};

    /// Queues of the tasks that the worker sends, as its `JTASK_ROUTES`: `py.*=py,shop.thumbnail=thumbnails`.
    String routes() default "";

    /// Where the client sends tasks that name no queue.
    String queue() default "celery";

    Results results() default Results.RPC;

    /// How long a task may run before the test fails, in real time.
    String patience() default "30s";
}
