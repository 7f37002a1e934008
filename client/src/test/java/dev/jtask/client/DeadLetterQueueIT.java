package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Queues;
import dev.jtask.broker.UnroutableException;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Dead letters are looked at and sent back.
@RabbitMqTest
class DeadLetterQueueIT {

    /// What RabbitMQ 4 takes by itself, and a program of 56 MB of memory does not read.
    private static final int LARGE = 15 << 20;

    private static final Map<String, Object> DEATH = Map.of(
            "x-jtask-reason", "poison",
            "x-jtask-attempt", 4,
            "x-jtask-exception", "java.lang.Error: no");

    private final RabbitMqNode node;

    DeadLetterQueueIT(RabbitMqNode node) {
        this.node = node;
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void thoseAskedForGoBackAndTheOthersStay(String type) throws Exception {
        var queue = "mended-" + type;
        try (var client = TaskClient.builder(node.amqpUri()).queue(queue).connect();
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            var first = client.send("t.any", 1).id();
            var second = client.send(TaskRequest.of("t.any", 2).idempotencyKey("order-7", Duration.ofHours(1)))
                    .id();
            die(connection, queue, type);
            var dead = client.deadLetters(queue);

            assertThat(dead.list()).extracting(DeadLetter::id).containsExactly(first, second);
            assertThat(dead.list().get(0)).satisfies(letter -> {
                assertThat(letter.task()).isEqualTo("t.any");
                assertThat(letter.reason()).isEqualTo("poison");
                assertThat(letter.attempts()).isEqualTo(4);
                assertThat(letter.exception()).isEqualTo("java.lang.Error: no");
            });
            assertThat(dead.sendBack(second, "unknown")).isEqualTo(1);

            assertThat(dead.list()).extracting(DeadLetter::id).containsExactly(first);
            var channel = connection.createChannel();
            var back = channel.basicGet(queue, true);
            assertThat(back.getProps().getHeaders())
                    .containsKeys("task", "x-jtask-idempotency-key", "x-jtask-idempotency-window")
                    .doesNotContainKeys("x-jtask-reason", "x-death");
            assertThat(back.getProps().getHeaders().get("retries")).isEqualTo(0);
        }
    }

    @Test
    void whatHasNoQueueToGoBackToStaysAndTheQueueIsNamed() throws Exception {
        try (var client = TaskClient.builder(node.amqpUri()).queue("lost").connect();
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            var id = client.send("t.any", 1).id();
            die(connection, "lost", "classic");
            connection.createChannel().queueDelete("lost");
            var dead = client.deadLetters("lost");

            assertThatThrownBy(() -> dead.sendBack(id))
                    .isInstanceOf(UnroutableException.class)
                    .hasMessageContaining("'lost'")
                    .hasMessageContaining("declare it");
            // at once: nobody has to wait for the broker to put it back
            assertThat(connection.createChannel().messageCount("lost.dead")).isEqualTo(1);

            Queues.ensure(connection, "lost");
            assertThat(dead.sendBack(id)).isEqualTo(1);
            assertThat(dead.list()).isEmpty();
            assertThat(connection.createChannel().messageCount("lost")).isEqualTo(1);
        }
    }

    @Test
    void aConditionThatThrowsLeavesEverythingWhereItIs() throws Exception {
        try (var client = TaskClient.builder(node.amqpUri()).queue("kept").connect();
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            client.send("t.any", 1);
            die(connection, "kept", "classic");

            assertThatThrownBy(() -> client.deadLetters("kept").sendBack(letter -> {
                        throw new IllegalStateException("cannot tell " + letter.id());
                    }))
                    .hasMessageContaining("cannot tell");
            assertThat(client.deadLetters("kept").list()).hasSize(1);
        }
    }

    @Test
    void whatIsTooLargeForAClientStaysWholeAndTheOthersGoBack() throws Exception {
        var small = "[[],{},null]".getBytes(StandardCharsets.UTF_8);
        try (var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            var channel = connection.createChannel();
            Queues.ensure(connection, "large");
            Queues.ensure(connection, "large.dead");
            dead(channel, "too-large", new byte[LARGE]);
            dead(channel, "small", small);
            var program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx56m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SmallClient.class.getName(),
                            node.amqpUri(),
                            "large")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                var said = program.inputReader();
                assertThat(said.readLine()).startsWith("too-large: its body has %d bytes, of which".formatted(LARGE));
                assertThat(said.readLine()).isEqualTo("small: poison");
                assertThat(said.readLine()).isEqualTo("sent back 1");
                assertThat(channel.basicGet("large", true).getBody()).isEqualTo(small);
                answerWith(channel, new byte[LARGE]);
                assertThat(said.readLine()).contains("its result cannot be read: its body has " + LARGE);
                assertThat(program.waitFor()).isZero();
            } finally {
                program.destroyForcibly();
            }
            assertThat(channel.basicGet("large.dead", true).getBody()).hasSize(LARGE);
        }
    }

    private static void dead(Channel channel, String id, byte[] body) throws IOException {
        var headers = new LinkedHashMap<>(DEATH);
        headers.putAll(Map.of("id", id, "task", "t.any", "x-jtask-queue", "large"));
        var properties =
                new BasicProperties.Builder().correlationId(id).headers(headers).build();
        channel.basicPublish("", "large.dead", properties, body);
    }

    /// To the task that comes next.
    private static void answerWith(Channel channel, byte[] body) throws IOException {
        var task = await().atMost(Duration.ofSeconds(30))
                .until(() -> channel.basicGet("large", true), Objects::nonNull)
                .getProps();
        var properties = new BasicProperties.Builder()
                .correlationId(task.getCorrelationId())
                .build();
        channel.basicPublish("", task.getReplyTo(), properties, body);
    }

    @Test
    void aQueueWithoutDeadLettersIsNamed() {
        try (var client = TaskClient.connect(node.amqpUri())) {
            assertThatThrownBy(() -> client.deadLetters("healthy").list()).hasMessageContaining("'healthy.dead'");
        }
    }

    /// What a worker does with a message that it cannot run.
    private static void die(Connection connection, String queue, String type)
            throws IOException, TimeoutException, InterruptedException {
        var channel = connection.createChannel();
        channel.confirmSelect();
        channel.queueDeclare(queue + ".dead", true, false, false, Map.of("x-queue-type", type));
        for (var got = channel.basicGet(queue, true); got != null; got = channel.basicGet(queue, true)) {
            var headers = new LinkedHashMap<>(got.getProps().getHeaders());
            headers.putAll(DEATH);
            headers.put("x-jtask-queue", queue);
            BasicProperties properties =
                    got.getProps().builder().headers(headers).build();
            channel.basicPublish("", queue + ".dead", properties, got.getBody());
        }
        channel.waitForConfirmsOrDie(5_000);
        channel.abort();
    }
}
