package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.broker.tracing.Telemetry;
import dev.jtask.broker.tracing.Tracing;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class ApplicationTracesTest {

    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();
    private final ApplicationTraces traces = new ApplicationTraces(beans.getBeanProvider(OpenTelemetry.class));

    @BeforeEach
    void noneIsTheProcesss() {
        GlobalOpenTelemetry.resetForTest();
    }

    @Test
    void spansAreMadeByTheApplicationsForAsLongAsItIs() {
        var telemetry = with(ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        beans.addBean("telemetry", telemetry);

        traces.afterSingletonsInstantiated();
        assertThat(Telemetry.present()).isSameAs(telemetry);
        assertThat(Tracing.isThere()).isTrue();

        traces.destroy();
        assertThat(Tracing.isThere()).isFalse();
    }

    @Test
    void oneForLogsOrMetersOnlyMakesNone() {
        beans.addBean("telemetry", with(ContextPropagators.noop()));

        traces.afterSingletonsInstantiated();
        assertThat(Tracing.isThere()).isFalse();
        traces.destroy();
    }

    @Test
    void anApplicationWithoutOneMakesNone() {
        traces.afterSingletonsInstantiated();
        assertThat(Tracing.isThere()).isFalse();
        traces.destroy();
    }

    private static OpenTelemetry with(ContextPropagators propagators) {
        return OpenTelemetrySdk.builder().setPropagators(propagators).build();
    }
}
