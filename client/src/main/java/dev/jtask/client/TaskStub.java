package dev.jtask.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes an interface of an application of Spring Boot or Quarkus a bean whose methods send tasks, as [TaskClient#stub]
/// does.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TaskStub {

    /// Where its tasks go, also as `${a.property}`; `jtask.queue` by default.
    String queue() default "";
}
