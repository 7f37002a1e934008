package dev.jtask.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.Connection;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

/// Every version is Spring Boot's, although this repository has newer ones.
class PinnedVersionsTest {

    @Test
    void theVersionsAreThoseOfSpringBoot() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo("4.0.7");
        assertThat(jar(GlobalOpenTelemetry.class)).contains("1.55.0");
        assertThat(jar(ObjectMapper.class)).contains("2.21.4");
        assertThat(jar(MeterRegistry.class)).contains("1.16.6");
        assertThat(jar(Connection.class)).contains("5.27.1");
    }

    private static String jar(Class<?> type) {
        return String.valueOf(type.getProtectionDomain().getCodeSource().getLocation());
    }
}
