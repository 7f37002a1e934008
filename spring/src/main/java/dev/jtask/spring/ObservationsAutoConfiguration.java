package dev.jtask.spring;

import dev.jtask.broker.tracing.TaskTracing;
import dev.jtask.spring.observation.ObservedTasks;
import dev.jtask.spring.observation.TaskRunConvention;
import dev.jtask.spring.observation.TaskSendConvention;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/// Observations of what is sent and run, where the application has a registry for them.
@AutoConfiguration(before = JtaskAutoConfiguration.class)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnYes(value = "jtask.observations.enabled", otherwise = true)
@EnableConfigurationProperties(JtaskProperties.class)
final class ObservationsAutoConfiguration {

    private static final String TRACER = "io.micrometer.tracing.Tracer";

    @Bean
    TaskTracing jtaskTracing(
            JtaskProperties jtask,
            ObjectProvider<ObservationRegistry> registries,
            ObjectProvider<TaskSendConvention> ofSends,
            ObjectProvider<TaskRunConvention> ofRuns,
            ListableBeanFactory beans) {
        var found = registries.getIfUnique();
        var registry = found == null ? ObservationRegistry.NOOP : found;
        var tracer = SingletonSupplier.of(() -> isTraced(beans));
        BooleanSupplier traced = () -> Boolean.TRUE.equals(tracer.get());
        return new ApplicationTracing(
                registry,
                new ObservedTasks(registry, ofSends.getIfUnique(), ofRuns.getIfUnique(), traced),
                jtask.observations().enabled(),
                traced);
    }

    /// By its name: it is another library. Spring Boot has a bean of it also where nobody makes spans.
    private static boolean isTraced(ListableBeanFactory beans) {
        var loader = ObservationsAutoConfiguration.class.getClassLoader();
        return ClassUtils.isPresent(TRACER, loader)
                && !List.of("noopTracer")
                        .containsAll(List.of(
                                beans.getBeanNamesForType(ClassUtils.resolveClassName(TRACER, loader), true, false)));
    }
}
