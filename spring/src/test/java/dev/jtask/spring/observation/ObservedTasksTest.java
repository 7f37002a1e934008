package dev.jtask.spring.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.broker.tracing.RunEnd;
import dev.jtask.broker.tracing.SendSpan;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskMessage;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.observation.transport.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObservedTasksTest {

    private static final TaskMessage MESSAGE = TaskMessage.builder("1", "t.any").build();
    private static final Routed TASK = new Routed(Route.toQueue("q"), MESSAGE);
    private static final RunEnd DONE = new RunEnd("succeeded", "SUCCESS", null, null);

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final ObservedTasks tasks = new ObservedTasks(registry, null, null, () -> true);
    private final List<Routed> published = new ArrayList<>();

    /// Puts into a message's headers what tracers do: the numbers of observations.
    private static final class Numbers implements ObservationHandler<TaskSendContext> {

        private int last;

        @Override
        public void onStart(TaskSendContext context) {
            var carrier = context.getCarrier();
            if (carrier != null) {
                context.getSetter().set(carrier, "b3", "number " + ++last);
            }
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof TaskSendContext;
        }
    }

    @Test
    void aSendIsObservedUntilTheBrokerHasIt() {
        var confirm = new CompletableFuture<String>();
        var sent = SendSpan.around(tasks, TASK, publishing(confirm));

        TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo("jtask.send")
                .that()
                .hasBeenStarted()
                .isNotStopped();
        confirm.complete("sent");
        assertThat(sent).isCompletedWithValue("sent");
        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasBeenStopped()
                .hasContextualNameEqualTo("send q")
                .doesNotHaveError()
                .hasLowCardinalityKeyValue("messaging.system", "rabbitmq")
                .hasLowCardinalityKeyValue("messaging.destination.name", "q")
                .hasLowCardinalityKeyValue("celery.task_name", "t.any")
                .hasHighCardinalityKeyValue("messaging.message.id", "1")
                .hasHighCardinalityKeyValue("messaging.message.conversation_id", "1")
                .hasHighCardinalityKeyValue("messaging.rabbitmq.destination.routing_key", "q")
                .hasHighCardinalityKeyValue("messaging.operation.type", "send")
                .hasHighCardinalityKeyValue("celery.retries", "0");
    }

    @Test
    void asManyKeysAsAreDocumented() {
        send(tasks, TASK);
        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasOnlyKeys(names(TaskObservation.SEND));

        registry.clear();
        tasks.run(MESSAGE, "q").end(DONE);
        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasOnlyKeys(names(TaskObservation.RUN));
    }

    @Test
    void aSendThatFailsIsAnError() {
        var failure = new IllegalStateException("no such queue");
        assertThat(SendSpan.around(tasks, TASK, publishing(CompletableFuture.failedFuture(failure))))
                .isCompletedExceptionally();
        assertThatThrownBy(() -> SendSpan.around(tasks, TASK, task -> {
                    throw failure;
                }))
                .isSameAs(failure);

        TestObservationRegistryAssert.assertThat(registry)
                .hasNumberOfObservationsWithNameEqualTo("jtask.send", 2)
                .forAllObservationsWithNameEqualTo("jtask.send", context -> context.hasError(failure));
    }

    @Test
    void whatATracerSetsTakesThePlaceOfWhatWasInherited() {
        registry.observationConfig().observationHandler(new Numbers());
        var inherited = routed(MESSAGE.toBuilder()
                .customHeaders(Map.of("traceparent", "00-old", "tracestate", "old", "b3", "old", "own", "mine"))
                .build());

        Observation.createNotStarted("request", registry).observe(() -> send(tasks, inherited));

        assertThat(published)
                .singleElement()
                .satisfies(task ->
                        assertThat(task.message().customHeaders()).isEqualTo(Map.of("b3", "number 1", "own", "mine")));
    }

    @Test
    void withoutATracerAMessageIsSentAsItIs() {
        send(tasks, TASK);

        assertThat(published).containsExactly(TASK);
    }

    @Test
    void aMessageOfATraceThatIsNotObservedHereStaysInIt() {
        registry.observationConfig().observationHandler(new Numbers());
        var traced = routed(MESSAGE.toBuilder()
                .customHeaders(Map.of("traceparent", "00-another"))
                .build());

        send(tasks, traced);

        assertThat(published).containsExactly(traced);
        TestObservationRegistryAssert.assertThat(registry).doesNotHaveAnyObservation();
    }

    @Test
    void aRunIsObservedAndPresentWhileItRuns() {
        var headers = Map.<String, Object>of("b3", "number 7", "count", 3);
        var run = tasks.run(MESSAGE.toBuilder().customHeaders(headers).build(), "q");

        try (var open = run.open()) {
            assertThat(open).isNotNull();
            assertThat(registry.getCurrentObservation()).isNotNull();
        }
        assertThat(registry.getCurrentObservation()).isNull();
        run.end(DONE);
        TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo("jtask.run")
                .that()
                .hasBeenStopped()
                .hasContextualNameEqualTo("process q")
                .doesNotHaveError()
                .hasLowCardinalityKeyValue("messaging.destination.name", "q")
                .hasLowCardinalityKeyValue("jtask.outcome", "succeeded")
                .hasLowCardinalityKeyValue("error.type", "none");
        TestObservationRegistryAssert.assertThat(registry).hasHandledContextsThatSatisfy(found -> {
            var context = (TaskRunContext) found.get(0);
            assertThat(context.getKind()).isEqualTo(Kind.CONSUMER);
            assertThat(context.state()).contains("SUCCESS");
            var carrier = context.getCarrier();
            assertThat(carrier).isNotNull();
            assertThat(context.getGetter().get(carrier, "b3")).isEqualTo("number 7");
            assertThat(context.getGetter().get(carrier, "count")).isNull();
        });
    }

    @Test
    void theLogHasTheIdsOfTheSendersSpanWhereNobodyMakesOneOfTheRun() {
        var trace = "0af7651916cd43dd8448eb211c80319c";
        var sent = MESSAGE.toBuilder()
                .customHeaders(Map.of("traceparent", "00-%s-b7ad6b7169203331-01".formatted(trace)))
                .build();

        assertThat(new ObservedTasks(registry, null, null, () -> false)
                        .run(sent, "q")
                        .logged())
                .isEqualTo(Map.of("trace_id", trace, "span_id", "b7ad6b7169203331"));
        assertThat(tasks.run(sent, "q").logged()).isEmpty();
    }

    @Test
    void aRunThatFailsIsAnErrorOfItsExceptionsName() {
        var meters = new SimpleMeterRegistry();
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        var fault = new RunEnd.Fault("Boom", "Boom('x')");

        tasks.run(MESSAGE, "q").end(new RunEnd("failed", "FAILURE", null, fault));

        TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo("jtask.run")
                .that()
                .hasLowCardinalityKeyValue("error.type", "Boom")
                .assertThatError()
                .hasMessage("Boom('x')");
        assertThat(meters.get("jtask.run")
                        .tags("jtask.outcome", "failed", "error.type", "Boom", "celery.task_name", "t.any")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatFollowsOfARunIsUnderItUntilAllIsSent() {
        var retry = MESSAGE.toBuilder().retries(1).build();
        var next = TaskMessage.builder("2", "t.next").parentId("1").build();
        tasks.run(MESSAGE, "q").end(DONE);

        for (var follows : List.of(retry, next)) {
            send(tasks, routed(follows));
        }
        TestObservationRegistryAssert.assertThat(registry)
                .hasHandledContextsThatSatisfy(all -> assertThat(all)
                        .filteredOn(TaskSendContext.class::isInstance)
                        .hasSize(2)
                        .allSatisfy(
                                send -> assertThat(send.getParentObservation()).isNotNull()));
        registry.clear();
        tasks.settled("1");
        send(tasks, routed(next));
        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .doesNotHaveParentObservation();
    }

    @Test
    void aBeansConventionTakesTheDefaultsPlace() {
        var own = new ObservedTasks(
                registry,
                null,
                new TaskRunConvention() {
                    @Override
                    public String getName() {
                        return "shop.task";
                    }

                    @Override
                    public KeyValues getLowCardinalityKeyValues(TaskRunContext context) {
                        return KeyValues.of(
                                KeyValue.of("shop.outcome", context.outcome().orElse("")));
                    }
                },
                () -> true);

        own.run(MESSAGE, "q").end(DONE);

        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasNameEqualTo("shop.task")
                .hasLowCardinalityKeyValue("shop.outcome", "succeeded");
    }

    @Test
    void whatAPredicateRefusesIsNotObserved() {
        var refusing = ObservationRegistry.create();
        refusing.observationConfig()
                .observationHandler(new Numbers())
                .observationPredicate((name, context) -> !name.startsWith("jtask."));
        var none = new ObservedTasks(refusing, null, null, () -> true);
        var run = none.run(MESSAGE, "q");
        run.open().close();
        run.end(DONE);

        send(none, TASK);
        assertThat(published).containsExactly(TASK);
    }

    /// A handler that throws.
    record Broken(Place place) implements ObservationHandler<Observation.Context> {

        enum Place {
            START,
            ERROR,
            OPEN,
            CLOSE,
            STOP
        }

        @Override
        public void onStart(Observation.Context context) {
            breaks(Place.START);
        }

        @Override
        public void onError(Observation.Context context) {
            breaks(Place.ERROR);
        }

        @Override
        public void onScopeOpened(Observation.Context context) {
            breaks(Place.OPEN);
        }

        @Override
        public void onScopeClosed(Observation.Context context) {
            breaks(Place.CLOSE);
        }

        @Override
        public void onStop(Observation.Context context) {
            breaks(Place.STOP);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        private void breaks(Place now) {
            if (now == place) {
                throw new IllegalStateException("a handler that breaks");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Broken.Place.class)
    void aHandlerThatFailsCostsNoSendAndNoThread(Broken.Place place) {
        registry.observationConfig().observationHandler(new Broken(place));

        send(tasks, TASK);
        assertThat(published).containsExactly(TASK);
        var fault = new RunEnd.Fault("Boom", "x");
        try {
            var run = tasks.run(MESSAGE, "q");
            try {
                run.open().close();
            } finally {
                run.end(new RunEnd("failed", "FAILURE", null, fault));
            }
        } catch (IllegalStateException broken) {
            assertThat(broken).hasMessage("a handler that breaks");
        }
        assertThat(registry.getCurrentObservationScope()).isNull();
    }

    private void send(ObservedTasks by, Routed task) {
        assertThat(SendSpan.around(by, task, publishing(CompletableFuture.completedFuture("sent"))))
                .isCompletedWithValue("sent");
    }

    private Function<Routed, CompletableFuture<String>> publishing(CompletableFuture<String> answer) {
        return task -> {
            published.add(task);
            return answer;
        };
    }

    private static Routed routed(TaskMessage message) {
        return new Routed(Route.toQueue("q"), message);
    }

    private static String[] names(TaskObservation observation) {
        var names = new ArrayList<String>();
        for (var name : observation.getLowCardinalityKeyNames()) {
            names.add(name.asString());
        }
        for (var name : observation.getHighCardinalityKeyNames()) {
            names.add(name.asString());
        }
        return names.toArray(String[]::new);
    }
}
