package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.broker.tracing.SendSpan;
import dev.jtask.broker.tracing.TaskTracing;
import dev.jtask.broker.tracing.Telemetry;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.spring.observation.ObservedTasks;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/// Who tells of a task: always one at most.
class ApplicationTracingTest {

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final TestObservationRegistry registry = TestObservationRegistry.create();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ObservationsAutoConfiguration.class));

    @BeforeEach
    @AfterEach
    void noneIsTheProcesss() {
        GlobalOpenTelemetry.resetForTest();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // wanted, whose OpenTelemetry, whether Micrometer traces, who tells
                "-,     nobody's,      false, observations",
                "-,     nobody's,      true,  observations",
                "-,     application's, false, spans",
                "-,     application's, true,  observations",
                "-,     process's,     false, spans",
                "-,     process's,     true,  spans",
                "true,  application's, false, observations",
                "true,  process's,     true,  observations",
                "false, application's, true,  spans",
                "false, nobody's,      true,  nobody",
            })
    void whoMakesTheOtherSpansTellsOfTasksUnlessItIsSaid(
            @Nullable Boolean wanted, String whose, boolean traced, String who) {
        var end = whose.equals("application's") ? Telemetry.offer(telemetry()) : (Runnable) () -> {};
        if (whose.equals("process's")) {
            GlobalOpenTelemetry.set(telemetry());
        }
        try {
            send(new ApplicationTracing(
                    registry, new ObservedTasks(registry, null, null, () -> traced), wanted, () -> traced));
        } finally {
            end.run();
        }
        assertThat(spans.getFinishedSpanItems()).hasSize(who.equals("spans") ? 1 : 0);
        TestObservationRegistryAssert.assertThat(registry)
                .hasNumberOfObservationsWithNameEqualTo("jtask.send", who.equals("observations") ? 1 : 0);
    }

    @Test
    void aRegistryThatNobodyHearsIsNone() {
        var deaf = ObservationRegistry.create();
        var end = Telemetry.offer(telemetry());
        try {
            send(new ApplicationTracing(deaf, new ObservedTasks(deaf, null, null, () -> true), true, () -> true));
        } finally {
            end.run();
        }
        assertThat(spans.getFinishedSpanItems()).hasSize(1);
    }

    @Test
    void anApplicationsRegistryIsTaken() {
        runner.withBean(ObservationRegistry.class, () -> registry).run(context -> {
            assertThat(context).hasNotFailed();
            send(context.getBean(TaskTracing.class));
            TestObservationRegistryAssert.assertThat(registry).hasNumberOfObservationsWithNameEqualTo("jtask.send", 1);
        });
    }

    @Test
    void anApplicationWithoutThatLibraryOrWithAPropertyThatSaysNoHasNone() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer.observation"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TaskTracing.class));
        runner.withPropertyValues("jtask.observations.enabled=off")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TaskTracing.class));
    }

    private OpenTelemetry telemetry() {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .build();
    }

    private static void send(TaskTracing tracing) {
        var task =
                new Routed(Route.toQueue("q"), TaskMessage.builder("1", "t.any").build());
        assertThat(SendSpan.around(tracing, task, sent -> CompletableFuture.completedFuture("sent")))
                .isCompletedWithValue("sent");
    }
}
