package dev.jtask.spring;

import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/// Traces of what is sent and run. Spring Boot keeps its OpenTelemetry as a bean and does not make it the process's,
/// which is where everybody else looks for one.
@AutoConfiguration
@ConditionalOnClass(OpenTelemetry.class)
final class TracesAutoConfiguration {

    @Bean
    static ApplicationTraces jtaskTraces(ObjectProvider<OpenTelemetry> beans) {
        return new ApplicationTraces(beans);
    }
}
