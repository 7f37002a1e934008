package dev.jtask.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/// Where a property says yes. `@ConditionalOnProperty` takes `off`, `no` and `0` for a yes, which bind as a no.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Conditional(OnYes.class)
@interface ConditionalOnYes {

    String value();

    /// What holds without the property.
    boolean otherwise();
}
