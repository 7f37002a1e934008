package dev.jtask.task;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The value of a task's parameter when the sender leaves it out, as JSON: `@Default("10") int width`.
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Default {

    /// JSON: `"1"`, `"\"text\""`, `"[]"`.
    String value();
}
