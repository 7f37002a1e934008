package dev.jtask.spring;

import dev.jtask.task.Durations;
import dev.jtask.test.JTaskScene;
import dev.jtask.test.JTaskTest.Results;
import dev.jtask.worker.registry.Routes;
import java.util.Set;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/// Leaves of an application what a [JTaskSliceTest] is of. By what Spring Boot 3.5 and 4 both have: its own annotations
/// for slices are in other packages there.
///
/// @param tasks the beans' classes; empty for all that have tasks
record Slice(Set<Class<?>> tasks, Results results, String patience) implements ContextCustomizer {

    static Slice of(JTaskSliceTest test) {
        return new Slice(Set.of(test.value()), test.results(), test.patience());
    }

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration test) {
        TestPropertyValues.of(EnableAutoConfiguration.ENABLED_OVERRIDE_PROPERTY + "=false")
                .applyTo(context);
        var beans = context.getBeanFactory();
        beans.registerSingleton("jtaskSlice", this);
        beans.registerSingleton("jtaskSliceFilter", new SliceFilter(tasks.isEmpty()));
        new AnnotatedBeanDefinitionReader((BeanDefinitionRegistry) beans, context.getEnvironment())
                .register(tasks.toArray(Class<?>[]::new));
    }

    /// @throws IllegalArgumentException when the patience is no duration
    JTaskScene.Options options(String queue, Routes routes) {
        try {
            return new JTaskScene.Options(queue, routes, results, Durations.parse(patience));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "@JTaskSliceTest(patience = \"%s\"): %s".formatted(patience, e.getMessage()), e);
        }
    }
}
