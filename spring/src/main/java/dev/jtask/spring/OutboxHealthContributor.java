package dev.jtask.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/// The outbox's part of `/actuator/health` in Spring Boot 4.
@AutoConfiguration(after = OutboxAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
@ConditionalOnBean(OutboxLifecycle.class)
final class OutboxHealthContributor {

    @Bean
    HealthIndicator jtaskOutboxHealthIndicator(OutboxLifecycle outbox) {
        return () -> (outbox.troubles().isEmpty() ? Health.up() : Health.down())
                .withDetails(outbox.details())
                .build();
    }
}
