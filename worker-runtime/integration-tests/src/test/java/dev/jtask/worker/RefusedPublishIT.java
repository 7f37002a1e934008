package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.client.TaskClient;
import dev.jtask.protocol.message.CompressionMethod;
import dev.jtask.protocol.message.WireProperties;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What the broker does not take is that message's own failure: its task has run once, and all others go on.
///
/// A node of its own, since RabbitMQ 4 reads the limit at its start.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedPublishIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "refused-publish";
    private static final String JSON = "application/json";

    /// Stands for the 16 MB or 128 MiB of a broker as it comes.
    private static final int LIMIT = 1_000_000;

    private final FaultTasks tasks = new FaultTasks();
    private RabbitMqNode node;
    private Connection connection;
    private RawMessages raw;
    private TaskClient client;
    private WorkerProgram worker;

    @BeforeAll
    void start() throws IOException {
        node = RabbitMqNode.start(Files.createTempDirectory("refused-publish"), "max_message_size = " + LIMIT);
        connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()));
        raw = new RawMessages(node);
        client = TaskClient.builder(node.amqpUri()).queue(QUEUE).connect();
        worker = Workers.start(node, tasks, QUEUE);
    }

    @AfterAll
    void stop() {
        worker.close();
        client.close();
        raw.close();
        connection.abort();
        node.close();
    }

    @AfterEach
    void theWorkerIsAsItWas() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThat(client.send("f.count", "good").get(SOON).asText()).isEqualTo("good");
        }
        await().atMost(SOON)
                .until(() -> Workers.get(worker.httpPort(), "/readyz").statusCode() == 200);
        assertThat(Workers.get(worker.httpPort(), "/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void aResultThatIsTooLargeFailsItsTaskWithASentenceAndKeepsTheMessage() throws IOException {
        var handle = client.send("f.big", "too-large", 2 * LIMIT);

        assertThatThrownBy(() -> handle.get(SOON))
                .hasMessageContaining("is larger than configured max size %d".formatted(LIMIT));
        assertThat(letter()).contains("larger than configured max size");
        assertThat(tasks.runs("too-large")).isEqualTo(1);
    }

    @Test
    void manyResultsOfWhichOneIsTooLarge() throws IOException {
        var good = client.sendAll(IntStream.range(0, 20)
                .mapToObj(i -> TaskRequest.of("f.big", "among-" + i, i == 10 ? LIMIT + 1_000 : 1_000)
                        .returning(String.class))
                .toList());

        for (int i = 0; i < 20; i++) {
            var handle = good.get(i);
            if (i == 10) {
                assertThatThrownBy(() -> handle.get(SOON)).hasMessageContaining("larger than configured max size");
            } else {
                assertThat(handle.get(SOON)).hasSize(1_000);
            }
            assertThat(tasks.runs("among-" + i)).isEqualTo(1);
        }
        letter();
    }

    @Test
    void aReportThatIsTooLargeCostsNothingButTheReport() throws IOException {
        assertThat(client.send("f.progress", "reports", 2 * LIMIT).get(SOON).asText())
                .isEqualTo("reports");
        assertThat(tasks.runs("reports")).isEqualTo(1);
        assertThat(letters()).isZero();
    }

    @Test
    void aFollowUpThatIsTooLargeFailsTheTaskBeforeIt() throws IOException {
        var handle = client.send(Chain.of(TaskRequest.of("f.big", "before", 700_000))
                .then(TaskRequest.of("f.follow", "after", "y".repeat(400_000)).returning(Integer.class)));

        assertThat(letter()).contains("larger than configured max size");
        assertThat(tasks.runs("before")).isEqualTo(1);
        assertThat(tasks.runs("after")).isZero();
        assertThatThrownBy(() -> handle.get(SOON)).as("it is told").hasMessageContaining("larger than configured");
    }

    @Test
    void aFollowUpToAnExchangeThatIsDeletedAfterItsFirstUse() throws IOException {
        var channel = connection.createChannel();
        channel.exchangeDeclare("refused-passing", "direct");
        channel.queueBind(QUEUE, "refused-passing", "key");
        sendWithLink(QUEUE, "link-1", "first");
        await().atMost(SOON).until(() -> tasks.runs("linked") == 1);
        assertThat(status("link-1")).isEqualTo("SUCCESS");
        channel.exchangeDelete("refused-passing");
        sendWithLink(QUEUE, "link-2", "second");

        assertThat(letter()).contains("refused-passing");
        assertThat(status("link-2")).isEqualTo("FAILURE");
        assertThat(tasks.runs("second")).isEqualTo(1);
        assertThat(tasks.runs("linked")).isEqualTo(1);
    }

    @Test
    void aFollowUpToAnExchangeThatMayNotBeWritten() throws IOException {
        var queue = "refused-limited";
        connection.createChannel().exchangeDeclare("refused-passing", "direct");
        node.users().add("limited", "limited");
        node.users().permit("limited", ".*", "^(?!refused-passing).*", ".*");
        var limited = node.amqpUri().replace("guest:guest", "limited:limited");
        try (var other = Workers.start(node, tasks, queue, "JTASK_BROKER_URI", limited)) {
            sendWithLink(queue, "link-3", "forbidden");

            assertThat(String.valueOf(
                            raw.take(queue + ".dead").properties().headers().get("x-jtask-reason")))
                    .contains("ACCESS_REFUSED", "refused-passing");
            assertThat(status("link-3")).isEqualTo("FAILURE");
            assertThat(tasks.runs("forbidden")).isEqualTo(1);
            assertThat(client.send(TaskRequest.of("f.count", "next").queue(queue))
                            .get(SOON)
                            .asText())
                    .isEqualTo("next");
            assertThat(other.isReady()).isTrue();
        } finally {
            connection.createChannel().exchangeDelete("refused-passing");
        }
    }

    @Test
    void ofABatchTheOneThatIsTooLargeIsRefusedAtOnceAndTheOthersAreSent() throws IOException {
        raw.declare("refused-batch", Map.of());
        var batch = IntStream.range(0, 20)
                .mapToObj(i -> TaskRequest.of("f.count", "x".repeat(i == 10 ? 2 * LIMIT : 10))
                        .queue("refused-batch"))
                .toList();

        assertThatThrownBy(() -> client.sendAll(batch)).hasMessageContaining("larger than configured max size");
        await().atMost(SOON).until(() -> raw.messages("refused-batch") == 19);
    }

    @Test
    void aRetryDeclaresTheDelaysAgainThatSomebodyHasDeleted() throws IOException {
        assertThat(client.send("f.retry", "delayed-1", 1.2).get(SOON).intValue())
                .isEqualTo(2);
        connection.createChannel().exchangeDelete("celery_delayed_27");

        assertThat(client.send("f.retry", "delayed-2", 1.2).get(SOON).intValue())
                .isEqualTo(2);
        assertThat(tasks.runs("delayed-2")).isEqualTo(2);
    }

    @Test
    void aRetryWaitsWhileItsQueueIsDeletedAndDeclaredAgain() throws IOException {
        var handle = client.send("f.retry", "orphan", 5.0);
        await().atMost(SOON).until(() -> tasks.runs("orphan") == 1);
        await().atMost(SOON).until(() -> node.view().messages("celery_delayed_2") != 0 || tasks.runs("orphan") == 2);
        raw.delete(QUEUE);
        var before = Instant.now();

        assertThat(handle.get(SOON).intValue()).isEqualTo(2);
        assertThat(Duration.between(before, Instant.now())).isLessThan(SOON);
        assertThat(tasks.runs("orphan")).isEqualTo(2);
    }

    @Test
    void aRetryOfWhatCameCompressedIsCompressedAsWell() throws IOException {
        var request = TaskRequest.of("f.retry.big", "compressed", "x".repeat(3 * LIMIT))
                .compression(CompressionMethod.ZLIB)
                .returning(Integer.class);

        assertThat(client.send(request).get(SOON)).isEqualTo(2);
        assertThat(tasks.runs("compressed")).isEqualTo(2);
        assertThat(letters()).isZero();
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // the AMQP client has it
    void whatARetriedTaskRejectsIsAsItsSenderMadeIt() throws IOException {
        var sent = Instant.ofEpochSecond(1_700_000_000);
        var properties = new BasicProperties.Builder()
                .contentType(JSON)
                .headers(Map.of("task", "f.reject", "id", "rejected-1"))
                .messageId("order-7")
                .type("order")
                .appId("shop")
                .timestamp(Date.from(sent))
                .build();
        var body = "[[\"rejected\"], {}, null]".getBytes(StandardCharsets.UTF_8);
        connection.createChannel().basicPublish("", QUEUE, properties, body);

        var letter = raw.take(QUEUE + ".dead").properties();
        assertThat(tasks.runs("rejected")).isEqualTo(2);
        assertThat(letter.headers()).containsEntry("retries", 1);
        assertThat(letter.others()).isEqualTo(new WireProperties.Others("order-7", sent, "order", null, "shop"));
    }

    @Test
    void aReplyQueueThatStaysFullIsGivenUpAndTheTaskRunsOnce() throws IOException {
        raw.declare("refused-full", Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
        raw.send("refused-full", JSON, Map.of(), "{}");
        raw.send(QUEUE, JSON, Map.of("task", "f.count", "id", "full-1"), "[[\"full\"], {}, {}]", "refused-full");

        await().atMost(SOON).until(() -> tasks.runs("full") == 1);
        await("given up")
                .atMost(SOON)
                .until(() -> Workers.metrics(worker)
                        .lines()
                        .anyMatch(line -> line.matches("jtask_worker_results_lost_total.* 1\\.0")));
        await().atMost(SOON).until(() -> node.view().messages(QUEUE) == 0);
        assertThat(tasks.runs("full")).isEqualTo(1);
        assertThat(letters()).isZero();
    }

    private void sendWithLink(String queue, String id, String name) throws IOException {
        raw.send(queue, JSON, Map.of("task", "f.count", "id", id), """
                [["%s"], {}, {"callbacks": [{"task": "f.count", "args": ["linked"], "kwargs": {}, "immutable": true,
                  "subtask_type": null, "options": {"exchange": "refused-passing", "routing_key": "key"}}],
                  "errbacks": null, "chain": null, "chord": null}]
                """.formatted(name));
    }

    /// How this task ended; what follows it answers to the same queue.
    private String status(String id) throws IOException {
        var result = raw.takeResult();
        return result.taskId().equals(id) ? result.status() : status(id);
    }

    /// Takes the one dead letter there is, and gives its reason.
    private String letter() throws IOException {
        var letter = raw.take(QUEUE + ".dead");
        assertThat(letters()).isZero();
        return String.valueOf(letter.properties().headers().get("x-jtask-reason"));
    }

    private int letters() throws IOException {
        var channel = connection.createChannel();
        try {
            return channel.queueDeclare(QUEUE + ".dead", true, false, false, Map.of())
                    .getMessageCount();
        } finally {
            channel.abort();
        }
    }
}
