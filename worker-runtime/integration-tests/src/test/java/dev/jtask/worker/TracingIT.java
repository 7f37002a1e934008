package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.broker.tracing.TaskAttributes;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.WorkerProgram;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Spans of client and worker, both in this JVM, through a real broker.
@RabbitMqTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TracingIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();

    private final String queue = "traced-" + UUID.randomUUID();
    private TaskClient client;
    private WorkerProgram worker;

    @BeforeAll
    void start(RabbitMqNode broker) throws IOException {
        var _ = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .setPropagators(ContextPropagators.create(TextMapPropagator.composite(
                        W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())))
                .buildAndRegisterGlobal();
        worker = Workers.start(broker, new TracedTasks(), queue);
        client = TaskClient.builder(broker.amqpUri()).queue(queue).connect();
    }

    @AfterAll
    void stop() {
        client.close();
        worker.close();
        GlobalOpenTelemetry.resetForTest();
    }

    @Test
    void aTaskRunsUnderTheSpanThatSentIt() {
        var handle = client.send("traced.echo", "hello");
        handle.get(SOON);

        var sent = span(SpanKind.PRODUCER, handle.id());
        var run = span(SpanKind.CONSUMER, handle.id());

        assertThat(sent.getName()).isEqualTo("send " + queue);
        assertThat(sent.getParentSpanContext().isValid()).isFalse();
        assertThat(run.getName()).isEqualTo("process " + queue);
        assertThat(run.getTraceId()).isEqualTo(sent.getTraceId());
        assertThat(run.getParentSpanId()).isEqualTo(sent.getSpanId());
        assertThat(run.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        for (var span : List.of(sent, run)) {
            assertThat(span.getAttributes().get(TaskAttributes.SYSTEM)).isEqualTo("rabbitmq");
            assertThat(span.getAttributes().get(TaskAttributes.DESTINATION)).isEqualTo(queue);
            assertThat(span.getAttributes().get(TaskAttributes.TASK)).isEqualTo("traced.echo");
            assertThat(span.getAttributes().get(TaskAttributes.CONVERSATION_ID)).isEqualTo(handle.id());
        }
        assertThat(sent.getAttributes().get(TaskAttributes.OPERATION_TYPE)).isEqualTo("send");
        assertThat(run.getAttributes().get(TaskAttributes.OPERATION_TYPE)).isEqualTo("process");
        assertThat(run.getAttributes().get(TaskAttributes.STATE)).isEqualTo("SUCCESS");
    }

    @Test
    void theSenderSpanBelongsToTheSendersOwn() {
        var tracer = GlobalOpenTelemetry.getTracer("test");
        var span = tracer.spanBuilder("order").startSpan();
        String id;
        try (var _ = span.makeCurrent()) {
            id = client.send("traced.echo", "hello").id();
        }
        span.end();

        assertThat(span(SpanKind.PRODUCER, id).getParentSpanId())
                .isEqualTo(span.getSpanContext().getSpanId());
    }

    @Test
    void aTaskSeesItsSpanInCodeAndLogAndTheSendersBaggage() {
        TaskHandle<?> handle;
        try (var _ = Baggage.builder().put("tenant", "blue").build().makeCurrent()) {
            handle = client.send("traced.ids", "tenant");
        }
        var seen = handle.get(SOON).toString();

        var run = span(SpanKind.CONSUMER, handle.id());
        assertThat(seen)
                .contains("\"span\":\"" + run.getSpanId() + '"')
                .contains("\"logged\":\"" + run.getSpanId() + '"')
                .contains("\"loggedTrace\":\"" + run.getTraceId() + '"')
                .contains("\"tenant\":\"blue\"");
    }

    @Test
    void theHeaderIsWherePythonReadsAndWritesIt() {
        var trace = "0af7651916cd43dd8448eb211c80319c";
        var parent = "b7ad6b7169203331";
        var request = TaskRequest.of("traced.header").header("traceparent", "00-%s-%s-01".formatted(trace, parent));
        var handle = client.send(request);
        var header = handle.get(SOON).toString();

        var sent = span(SpanKind.PRODUCER, handle.id());
        assertThat(sent.getTraceId()).isEqualTo(trace);
        assertThat(sent.getParentSpanId()).isEqualTo(parent);
        assertThat(header)
                .as("the running task has its own span there, so that all it sends goes on from it")
                .isEqualTo("\"00-%s-%s-01\""
                        .formatted(trace, span(SpanKind.CONSUMER, handle.id()).getSpanId()));
    }

    @Test
    void aFailureIsAnErrorWithItsException() {
        var handle = client.send("traced.fail");
        handle.await(SOON);

        var run = span(SpanKind.CONSUMER, handle.id());

        assertThat(run.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(run.getStatus().getDescription()).contains("no paper");
        assertThat(run.getAttributes().get(TaskAttributes.ERROR_TYPE)).isEqualTo("IllegalStateException");
        assertThat(run.getEvents()).singleElement().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("exception");
            assertThat(event.getAttributes().get(AttributeKey.stringKey("exception.stacktrace")))
                    .contains("TracedTasks.fail");
        });
    }

    @Test
    void anExpectedExceptionIsNoError() {
        var handle = client.send("traced.expected", "");
        handle.await(SOON);

        var run = span(SpanKind.CONSUMER, handle.id());

        assertThat(run.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(run.getEvents()).hasSize(1);
    }

    @Test
    void aRetryThatWaitsInTheBrokerStaysInTheTrace() {
        var handle = client.send("traced.retry");
        assertThat(handle.get(SOON)).hasToString("2");

        var runs = Awaitility.await()
                .atMost(SOON)
                .until(() -> spans(SpanKind.CONSUMER, handle.id()), found -> found.size() == 2);
        var sends = Awaitility.await()
                .atMost(SOON)
                .until(() -> spans(SpanKind.PRODUCER, handle.id()), found -> found.size() == 2);

        assertThat(runs)
                .extracting(run -> run.getAttributes().get(TaskAttributes.STATE))
                .containsExactly("RETRY", "SUCCESS");
        assertThat(runs)
                .extracting(run -> run.getAttributes().get(TaskAttributes.RETRIES))
                .containsExactly(0L, 1L);
        assertThat(sends.getLast().getParentSpanId()).isEqualTo(runs.getFirst().getSpanId());
        assertThat(runs.getLast().getParentSpanId()).isEqualTo(sends.getLast().getSpanId());
    }

    @Test
    void aChildGoesOnFromTheTaskThatSendsIt() {
        var handle = client.send("traced.spawn");
        var child = handle.get(SOON).toString().replace("\"", "");

        assertThat(span(SpanKind.PRODUCER, child).getParentSpanId())
                .isEqualTo(span(SpanKind.CONSUMER, handle.id()).getSpanId());
        assertThat(span(SpanKind.CONSUMER, child).getTraceId())
                .isEqualTo(span(SpanKind.CONSUMER, handle.id()).getTraceId());
    }

    @Test
    void eachStepOfAChainGoesOnFromTheOneBefore() {
        var last = client.send(Chain.of(TaskRequest.of("traced.echo", "tea")).then(TaskRequest.of("traced.echo")));
        last.get(SOON);

        var second = span(SpanKind.PRODUCER, last.id());
        var first = Awaitility.await()
                .atMost(SOON)
                .until(
                        () -> spans.getFinishedSpanItems().stream()
                                .filter(span -> span.getSpanId().equals(second.getParentSpanId()))
                                .toList(),
                        found -> found.size() == 1)
                .getFirst();
        assertThat(first.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(first.getAttributes().get(TaskAttributes.MESSAGE_ID)).isNotEqualTo(last.id());
    }

    private SpanData span(SpanKind kind, String id) {
        return Awaitility.await(kind + " of " + id)
                .atMost(SOON)
                .until(() -> spans(kind, id), found -> !found.isEmpty())
                .getFirst();
    }

    private List<SpanData> spans(SpanKind kind, String id) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getKind() == kind)
                .filter(span -> id.equals(span.getAttributes().get(TaskAttributes.MESSAGE_ID)))
                .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos)) // their ends may overlap
                .toList();
    }
}
