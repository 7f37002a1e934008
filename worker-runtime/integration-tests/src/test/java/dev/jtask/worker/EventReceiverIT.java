package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.client.TaskClient;
import dev.jtask.client.events.CeleryEvent;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.PythonWorker;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Java program hears what workers of both languages tell.
@RabbitMqTest
class EventReceiverIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "heard";

    private final List<CeleryEvent> heard = new CopyOnWriteArrayList<>();
    private final RabbitMqNode node;
    private final TaskClient client;

    EventReceiverIT(RabbitMqNode node) {
        this.node = node;
        this.client = TaskClient.builder(node.amqpUri()).queue(QUEUE).connect();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void hearsWorkersOfBothLanguagesAlike(@TempDir Path folder) throws IOException {
        try (var receiver = client.events().listen(heard::add);
                var _ = Workers.start(node, new TestTasks(), QUEUE);
                var _ = PythonWorker.start(node, "heard-python", folder.resolve("celery.log"))) {
            Awaitility.await("both have been asked")
                    .atMost(SOON)
                    .until(() -> client.workers().enableEvents().size() == 2);

            var java = client.send("t.add", 4, 6);
            var python = sent(TaskRequest.of("p.add", 4, 6).queue("heard-python"));
            var failure = sent(TaskRequest.of("p.fail", "boom").queue("heard-python"));
            var javaFailure = client.send("t.fail", "boom");

            awaitStory(java.id(), CeleryEvent.Received.class, CeleryEvent.Started.class, CeleryEvent.Succeeded.class);
            var pythonId = awaitEnds(python, CeleryEvent.Received.class, CeleryEvent.Succeeded.class);
            var failureId = awaitEnds(failure, CeleryEvent.Received.class, CeleryEvent.Failed.class);
            awaitStory(
                    javaFailure.id(), CeleryEvent.Received.class, CeleryEvent.Started.class, CeleryEvent.Failed.class);
            assertThat(of(pythonId)).first().isInstanceOfSatisfying(CeleryEvent.Received.class, received -> {
                assertThat(received.call().name()).isEqualTo("p.add");
                assertThat(received.call().args()).isEqualTo("(4, 6)");
            });
            assertThat(of(java.id())).last().isInstanceOfSatisfying(CeleryEvent.Succeeded.class, succeeded -> {
                assertThat(succeeded.result()).isEqualTo("10");
                assertThat(succeeded.source().node()).isEqualTo("test@" + QUEUE);
            });
            // of what a thread of Celery's threw, its event shows a wrapper; the traceback tells it
            assertThat(of(failureId))
                    .last()
                    .isInstanceOfSatisfying(
                            CeleryEvent.Failed.class,
                            failed -> assertThat(failed.traceback()).contains("raise ValueError(message, 42)"));
            assertThat(of(javaFailure.id()))
                    .last()
                    .isInstanceOfSatisfying(
                            CeleryEvent.Failed.class,
                            failed -> assertThat(failed.exception()).isEqualTo("IllegalStateException('boom')"));
            awaitThat(event -> isWorker(event, "jtask"));
            awaitThat(event -> isWorker(event, "py-celery"));
            assertThat(receiver.unreadable()).isZero();
            assertThat(receiver.dropped()).isZero();
            assertThat(heard).noneMatch(CeleryEvent.Other.class::isInstance);
        }
    }

    @Test
    void hearsOnAfterALostConnectionAndAfterWhatIsNoEvent() throws IOException {
        try (var receiver = client.events().workers().listen(heard::add);
                var _ = Workers.start(node, new TestTasks(), QUEUE)) {
            awaitThat(event -> isWorker(event, "jtask"));
            publish("worker.heartbeat", "[{}, 5");
            Awaitility.await("what is no event is counted").atMost(SOON).until(() -> receiver.unreadable() == 1);

            node.shell().closeConnections();
            Awaitility.await("it listens again, and nothing more was told before")
                    .atMost(SOON)
                    .until(() -> {
                        publish("worker.probe", """
                                {"type":"worker-probe","hostname":"probe@h","timestamp":1.5}""");
                        return heard.stream().anyMatch(CeleryEvent.Other.class::isInstance);
                    });
        }
    }

    @Test
    void itsQueueIsBoundedAndGoesWithIt() {
        var receiver = client.events().tasks().listen(heard::add);
        assertThat(queues())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("celeryev.")
                        .contains("x-message-ttl", "5000", "x-max-length", "10000"));

        receiver.close();

        Awaitility.await("its queue is gone")
                .atMost(SOON)
                .until(() -> queues().stream().noneMatch(line -> line.startsWith("celeryev.")));
    }

    @Test
    void anotherKindOfExchangeIsToldAtOnce() throws IOException {
        try (var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            var channel = connection.createChannel();
            channel.exchangeDelete("celeryev");
            channel.exchangeDeclare("celeryev", "fanout", true);
            try {
                assertThatExceptionOfType(UncheckedIOException.class)
                        .isThrownBy(() -> client.events().listen(heard::add))
                        .withMessageStartingWith("cannot hear events of broker amqp://")
                        .withMessageContaining("inequivalent arg 'type' for exchange 'celeryev'");
            } finally {
                channel.exchangeDelete("celeryev");
            }
        }
    }

    private List<String> queues() {
        return node.ctl("-q", "list_queues", "name", "arguments").lines().toList();
    }

    private void publish(String key, String body) throws IOException {
        try (var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            connection.createChannel().basicPublish("celeryev", key, null, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static boolean isWorker(CeleryEvent event, String software) {
        return event instanceof CeleryEvent.OfWorker worker && worker.software().equals(software);
    }

    private void awaitThat(Predicate<CeleryEvent> event) {
        Awaitility.await().atMost(SOON).until(() -> heard.stream().anyMatch(event));
    }

    private void awaitStory(String id, Class<?>... types) {
        Awaitility.await(id)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(of(id))
                        .extracting(event -> (Object) event.getClass())
                        .containsExactly((Object[]) types));
    }

    private List<String> sent(TaskRequest<?> request) {
        return Stream.generate(() -> client.send(request).id()).limit(5).toList();
    }

    /// Celery's threads lose an event when one of them adds it while another empties the buffer that it has sent
    /// (celery/events/dispatcher.py, `flush`).
    ///
    /// @return the task whose events were all told
    private String awaitEnds(List<String> ids, Class<?> first, Class<?> last) {
        return Awaitility.await()
                .atMost(SOON)
                .until(
                        () -> ids.stream()
                                .filter(id -> isWhole(of(id), first, last))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /// The start of what is over at once is not always told.
    private static boolean isWhole(List<CeleryEvent.OfTask> told, Class<?> first, Class<?> last) {
        return told.size() >= 2 && first.isInstance(told.getFirst()) && last.isInstance(told.getLast());
    }

    private List<CeleryEvent.OfTask> of(String id) {
        return heard.stream()
                .filter(CeleryEvent.OfTask.class::isInstance)
                .map(CeleryEvent.OfTask.class::cast)
                .filter(event -> event.taskId().equals(id))
                .toList();
    }
}
