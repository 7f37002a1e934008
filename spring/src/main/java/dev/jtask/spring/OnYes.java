package dev.jtask.spring;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Decides [ConditionalOnYes] by the words that bind to a boolean.
final class OnYes extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        var asked = metadata.getAnnotations().get(ConditionalOnYes.class);
        var name = asked.getString("value");
        boolean yes = isYes(context, name, asked.getBoolean("otherwise"));
        return new ConditionOutcome(
                yes, ConditionMessage.forCondition(ConditionalOnYes.class).because(name + " is " + yes));
    }

    private static boolean isYes(ConditionContext context, String name, boolean otherwise) {
        try {
            return context.getEnvironment().getProperty(name, Boolean.class, otherwise);
        } catch (ConversionException e) {
            throw new JtaskStartException(name + " is neither true nor false", "Write true or false", e);
        }
    }
}
