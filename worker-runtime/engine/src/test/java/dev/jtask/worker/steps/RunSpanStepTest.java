package dev.jtask.worker.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.broker.tracing.TaskAttributes;
import dev.jtask.broker.tracing.Tracing;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingTracing;
import dev.jtask.worker.fakes.Tracer;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

class RunSpanStepTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SENDER = "b7ad6b7169203331";
    private static final String PARENT = "00-%s-%s-01".formatted(TRACE, SENDER);

    private final RunSpanStep step = new RunSpanStep(Tracing.openTelemetry());
    private final Around rest = new Around();

    @BeforeEach
    @AfterEach
    void withoutATracer() {
        GlobalOpenTelemetry.resetForTest();
        MDC.clear();
    }

    @Test
    void runsATaskUnderTheSpanOfItsSender() {
        try (var tracer = new Tracer(Tracer.Breaks.NEVER)) {
            step.around(sent(), job -> {
                var now = Span.current().getSpanContext();
                assertThat(now.getTraceId()).isEqualTo(TRACE);
                assertThat(job.message().customHeaders())
                        .as("what follows is under it")
                        .containsEntry("traceparent", "00-%s-%s-01".formatted(TRACE, now.getSpanId()));
                assertThat(MDC.get("span_id")).isEqualTo(now.getSpanId());
                return Around.RUN;
            });

            assertThat(tracer.spans()).singleElement().satisfies(span -> {
                assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
                assertThat(span.getName()).isEqualTo("process q");
                assertThat(span.getParentSpanId()).isEqualTo(SENDER);
                assertThat(span.getAttributes().get(TaskAttributes.STATE)).isEqualTo("SUCCESS");
                assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
            });
        }
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    @Test
    void namesTheSendersTraceInTheLogWithoutATracer() {
        var job = sent();

        step.around(job, rest);

        assertThat(MDC.get("trace_id")).isEqualTo(TRACE);
        assertThat(MDC.get("span_id")).isEqualTo(SENDER);
        assertThat(rest.passed).containsExactly(job);
    }

    @Test
    void leavesTheLogAloneForATaskWithoutATrace() {
        step.around(Given.job("a"), rest);

        assertThat(MDC.get("trace_id")).isNull();
    }

    @Test
    void saysWhatWentWrong() {
        var error = RemoteError.celery("Boom", "x");

        var failed = span(new Outcome.Failed(error, "trace", Outcome.Failed.Kind.UNEXPECTED));
        assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(failed.getStatus().getDescription()).isEqualTo("Boom('x')");
        assertThat(failed.getAttributes().get(TaskAttributes.ERROR_TYPE)).isEqualTo("Boom");
        assertThat(failed.getEvents())
                .singleElement()
                .satisfies(event -> assertThat(event.getAttributes().asMap())
                        .containsEntry(AttributeKey.stringKey("exception.type"), "Boom")
                        .containsEntry(AttributeKey.stringKey("exception.message"), "Boom('x')")
                        .containsEntry(AttributeKey.stringKey("exception.stacktrace"), "trace"));

        assertThat(span(Outcome.Refused.unfit("Boom", "why")).getStatus().getDescription())
                .isEqualTo("why");
        assertThat(span(new Outcome.Revoked(Outcome.Revoked.EXPIRED))
                        .getStatus()
                        .getDescription())
                .isEqualTo("expired");
    }

    @Test
    void countsAnExpectedFailureAndARetryAsNoError() {
        var error = RemoteError.celery("Boom", "x");
        var expected = span(new Outcome.Failed(error, null, Outcome.Failed.Kind.EXPECTED));
        var retry = span(new Outcome.Retry(Duration.ZERO, error, "trace"));

        assertThat(expected.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(expected.getEvents()).hasSize(1);
        assertThat(retry.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(retry.getAttributes().get(TaskAttributes.STATE)).isEqualTo("RETRY");
    }

    @Test
    void endsItsSpanAfterAStepThatThrows() {
        try (var tracer = new Tracer(Tracer.Breaks.NEVER)) {
            assertThatThrownBy(() -> step.around(sent(), job -> {
                        throw new AssertionError("broken");
                    }))
                    .isInstanceOf(AssertionError.class);

            assertThat(tracer.spans()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Tracer.Breaks.class)
    void aTracerThatThrowsCostsTheTaskNothing(Tracer.Breaks when) {
        try (var _ = new Tracer(when)) {
            assertThat(step.around(sent(), rest)).isEqualTo(Around.RUN);
            assertThat(rest.passed).as("once").hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(RecordingTracing.Breaks.class)
    void nobodyWhoTellsOfRunsCostsATaskAnything(RecordingTracing.Breaks when) {
        var tracing = new RecordingTracing(when);
        var told = new RunSpanStep(tracing);

        assertThat(told.around(sent(), rest)).isEqualTo(Around.RUN);
        assertThat(rest.passed).as("once").hasSize(1);
        told.ended(sent(), Around.RUN, Duration.ZERO);
        told.lost(sent(), Around.RUN);
        assertThat(tracing.told())
                .as("what has begun ends")
                .filteredOn(word -> word.equals("a succeeded"))
                .hasSize(when == RecordingTracing.Breaks.AT_THE_START ? 0 : 1);
    }

    private SpanData span(Outcome outcome) {
        try (var tracer = new Tracer(Tracer.Breaks.NEVER)) {
            assertThat(step.around(sent(), new Around().ending(outcome))).isEqualTo(outcome);
            return tracer.spans().getFirst();
        }
    }

    private static Job sent() {
        return Given.job(Given.message("a").toBuilder()
                .customHeaders(Map.of("traceparent", PARENT))
                .build());
    }
}
