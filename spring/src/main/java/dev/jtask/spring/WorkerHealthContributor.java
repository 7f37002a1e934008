package dev.jtask.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/// The worker's part of `/actuator/health` in Spring Boot 4.
@AutoConfiguration(after = WorkerAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
@ConditionalOnBean(WorkerLifecycle.class)
final class WorkerHealthContributor {

    @Bean
    HealthIndicator jtaskWorkerHealthIndicator(WorkerLifecycle worker) {
        return () -> {
            var troubles = worker.troubles();
            return troubles.isEmpty()
                    ? Health.up().build()
                    : Health.down().withDetail("troubles", troubles).build();
        };
    }
}
