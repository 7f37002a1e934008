package dev.jtask.spring.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brave.Span;
import brave.handler.MutableSpan;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// Spring Boot's own tracing by Brave, an application's client and its worker, through a real RabbitMQ.
@RabbitMqTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BraveIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RabbitMqNode node;
    private final ConfigurableApplicationContext shop;
    private final TaskClient client;
    private final ObservedShop.Spans spans;

    BraveIT(RabbitMqNode node) {
        this.node = node;
        this.shop = shop("observed");
        this.client = shop.getBean(TaskClient.class);
        this.spans = shop.getBean(ObservedShop.Spans.class);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void requestTaskAndItsOwnSendsAreOneTrace() {
        var handle = inRequest(() -> client.send("observed.spawn"));
        var children = handle.get(SOON);

        var sent = span(Span.Kind.PRODUCER, handle.id());
        var run = span(Span.Kind.CONSUMER, handle.id());
        assertThat(sent.name()).isEqualTo("send observed");
        assertThat(run.name()).isEqualTo("process observed");
        assertThat(parent(sent).name()).isEqualTo("request");
        assertThat(parent(run).id()).isEqualTo(sent.id());
        assertThat(run.tags())
                .containsEntry("jtask.outcome", "succeeded")
                .containsEntry("celery.task_name", "observed.spawn");
        assertThat(children).hasSize(2).allSatisfy(child -> {
            var nested = span(Span.Kind.PRODUCER, child.asText());
            assertThat(parent(nested).id()).isEqualTo(run.id());
            assertThat(parent(span(Span.Kind.CONSUMER, child.asText())).id()).isEqualTo(nested.id());
            assertThat(nested.traceId()).isEqualTo(sent.traceId());
        });
    }

    @Test
    void aRetryThatWaitsInTheBrokerIsUnderTheAttemptBefore() {
        var handle = client.send("observed.retry");
        assertThat(handle.get(SOON)).hasToString("2");

        var sends = spans(Span.Kind.PRODUCER, handle.id(), 2);
        var runs = spans(Span.Kind.CONSUMER, handle.id(), 2);
        assertThat(runs).extracting(run -> run.tag("jtask.outcome")).containsExactly("retried", "succeeded");
        assertThat(parent(runs.get(0)).id()).isEqualTo(sends.get(0).id());
        assertThat(parent(sends.get(1)).id()).isEqualTo(runs.get(0).id());
        assertThat(parent(runs.get(1)).id()).isEqualTo(sends.get(1).id());
        assertThat(runs)
                .extracting(MutableSpan::traceId)
                .containsOnly(sends.get(0).traceId());
    }

    @Test
    void eachStepOfAChainIsUnderTheOneBefore() {
        var last = client.send(Chain.of(TaskRequest.of("observed.echo", "tea"))
                .then(TaskRequest.of("observed.echo"))
                .then(TaskRequest.of("observed.echo")));
        last.get(SOON);

        var third = parent(span(Span.Kind.CONSUMER, last.id()));
        var second = parent(parent(third));
        var first = parent(parent(second));
        assertThat(List.of(third, second, first))
                .allSatisfy(send -> assertThat(send.kind()).isEqualTo(Span.Kind.PRODUCER))
                .extracting(MutableSpan::traceId)
                .containsOnly(first.traceId());
        assertThat(first.parentId()).isNull();
    }

    @Test
    void aTasksLogHasTheIdsOfItsRun() {
        var handle = client.send("observed.trace");
        var seen = handle.get(SOON);

        var run = span(Span.Kind.CONSUMER, handle.id());
        assertThat(seen.path("traceId").asText()).isEqualTo(run.traceId());
        assertThat(seen.path("spanId").asText()).isEqualTo(run.id());
        assertThat(seen.path("traceparent").asText()).startsWith("00-" + run.traceId());
        assertThat(seen.has("b3")).isFalse();
    }

    @Test
    void aFailureIsAnError() {
        var handle = client.send("observed.fail");
        handle.await(SOON);

        var run = span(Span.Kind.CONSUMER, handle.id());
        assertThat(run.error()).hasMessageContaining("no paper");
        assertThat(run.tags()).containsEntry("error.type", "IllegalStateException");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(shop.getBean(MeterRegistry.class)
                                .get("jtask.run")
                                .tags("error.type", "IllegalStateException", "jtask.outcome", "failed")
                                .timer()
                                .count())
                        .isEqualTo(1));
    }

    @Test
    void theFormOfTheHeadersIsTheApplications() {
        try (var other = shop("b3-shop", "management.tracing.propagation.type=b3")) {
            var seen = other.getBean(TaskClient.class).send("observed.trace").get(SOON);

            assertThat(seen.has("traceparent")).isFalse();
            assertThat(seen.path("b3").asText()).startsWith(seen.path("traceId").asText() + "-");
        }
    }

    @Test
    void anApplicationThatWantsNoneHasNone() {
        try (var other = shop("quiet-shop", "jtask.observations.enabled=false")) {
            var seen = other.getBean(TaskClient.class).send("observed.trace").get(SOON);

            assertThat(seen.has("traceparent"))
                    .as("its message is as it always was")
                    .isFalse();
            assertThat(seen.path("traceId").asText()).isEqualTo("null");
            assertThat(other.getBean(ObservedShop.Spans.class).ended()).isEmpty();
            assertThat(other.getBean(MeterRegistry.class).find("jtask.send").timer())
                    .isNull();
        }
    }

    private ConfigurableApplicationContext shop(String queue, String... properties) {
        return new SpringApplicationBuilder(ObservedShop.class)
                .properties(
                        "spring.main.web-application-type=none",
                        "spring.main.banner-mode=off",
                        "management.tracing.sampling.probability=1.0",
                        "spring.autoconfigure.exclude=org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
                        "jtask.broker-uri=" + node.amqpUri(),
                        "jtask.queue=" + queue,
                        "jtask.worker.enabled=true")
                .properties(properties)
                .run();
    }

    private TaskHandle<JsonNode> inRequest(Supplier<TaskHandle<JsonNode>> send) {
        var request = Observation.start("request", shop.getBean(ObservationRegistry.class));
        try (var open = request.openScope()) {
            assertThat(open).isNotNull();
            return send.get();
        } finally {
            request.stop();
        }
    }

    private MutableSpan span(Span.Kind kind, String task) {
        return spans(kind, task, 1).get(0);
    }

    /// In the order of their beginnings.
    private List<MutableSpan> spans(Span.Kind kind, String task, int count) {
        return await(kind + " of " + task)
                .atMost(SOON)
                .until(
                        () -> spans.ended().stream()
                                .filter(span -> span.kind() == kind)
                                .filter(span -> task.equals(span.tag("messaging.message.id")))
                                .sorted(Comparator.comparingLong(MutableSpan::startTimestamp))
                                .toList(),
                        found -> found.size() == count);
    }

    private MutableSpan parent(MutableSpan span) {
        return await("parent of " + span)
                .atMost(SOON)
                .until(
                        () -> spans.ended().stream()
                                .filter(each -> each.id().equals(span.parentId()))
                                .toList(),
                        found -> found.size() == 1)
                .get(0);
    }
}
