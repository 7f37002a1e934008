package dev.jtask.spring;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/// Decides [ConditionalOnOutbox], and stops the start where the outbox cannot be.
final class OnOutbox extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        var environment = context.getEnvironment();
        boolean jdbc = asked(environment) == JtaskProperties.Outbox.JDBC;
        if (jdbc && !ClassUtils.isPresent("org.springframework.jdbc.core.JdbcTemplate", context.getClassLoader())) {
            throw new JtaskStartException(
                    "jtask.outbox=jdbc needs spring-jdbc, which is not on the class path",
                    "Add the dependency org.springframework.boot:spring-boot-starter-jdbc",
                    null);
        }
        if (jdbc && !environment.getProperty("jtask.send-after-commit", Boolean.class, true)) {
            throw new JtaskStartException(
                    "jtask.outbox=jdbc lets what is sent go out after the commit, and jtask.send-after-commit=false lets it go at once",
                    "Remove one of the two",
                    null);
        }
        return new ConditionOutcome(
                jdbc,
                ConditionMessage.forCondition(ConditionalOnOutbox.class)
                        .because("jtask.outbox is " + (jdbc ? "jdbc" : "none")));
    }

    private static JtaskProperties.Outbox asked(Environment environment) {
        try {
            return Binder.get(environment)
                    .bind("jtask.outbox", JtaskProperties.Outbox.class)
                    .orElse(JtaskProperties.Outbox.NONE);
        } catch (BindException e) {
            throw new JtaskStartException("jtask.outbox is neither none nor jdbc", "Write none or jdbc", e);
        }
    }
}
