package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/// Spring Boot keeps its OpenTelemetry as a bean, and does not make it the process's.
@RabbitMqTest
class TracesIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RabbitMqNode node;

    TracesIT(RabbitMqNode node) {
        this.node = node;
    }

    /// What the dependencies for tracing bring beside the bean of OpenTelemetry, which is Spring Boot's own.
    static final class Tracer {

        @Bean
        InMemorySpanExporter spans() {
            return InMemorySpanExporter.create();
        }

        @Bean
        SdkTracerProvider tracers(InMemorySpanExporter spans) {
            return SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build();
        }

        @Bean
        ContextPropagators propagators() {
            return ContextPropagators.create(W3CTraceContextPropagator.getInstance());
        }
    }

    @BeforeEach
    @AfterEach
    void noneIsTheProcesss() {
        GlobalOpenTelemetry.resetForTest();
    }

    @Test
    void aTaskIsInTheTraceOfWhoSentIt() {
        try (var shop = shop(Shop.class, Tracer.class)) {
            var request = shop.getBean(OpenTelemetry.class)
                    .getTracer("shop")
                    .spanBuilder("POST /orders")
                    .startSpan();
            Runnable handling = () -> shop.getBean(Shop.Tasks.class).anew().get(SOON);
            Context.current().with(request).wrap(handling).run();

            await().atMost(SOON).untilAsserted(() -> {
                var sent = span(shop, "send shop");
                var run = span(shop, "process shop");
                assertThat(sent.getTraceId()).isEqualTo(request.getSpanContext().getTraceId());
                assertThat(sent.getParentSpanId())
                        .isEqualTo(request.getSpanContext().getSpanId());
                assertThat(run.getTraceId()).isEqualTo(sent.getTraceId());
                assertThat(run.getParentSpanId()).isEqualTo(sent.getSpanId());
            });
        }
    }

    private ConfigurableApplicationContext shop(Class<?>... sources) {
        return new SpringApplicationBuilder(sources)
                .properties(
                        "spring.main.web-application-type=none",
                        "spring.main.banner-mode=off",
                        // another test's, as this one's application has OpenTelemetry only
                        "spring.autoconfigure.exclude=org.springframework.boot.actuate.autoconfigure.tracing.BraveAutoConfiguration",
                        "jtask.broker-uri=" + node.amqpUri(),
                        "jtask.queue=shop",
                        "shop.shipping=shipping",
                        "jtask.worker.enabled=true")
                .run();
    }

    private static SpanData span(ConfigurableApplicationContext shop, String name) {
        return shop.getBean(InMemorySpanExporter.class).getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name));
    }
}
