package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Queues;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Letters and results that a client has no memory for.
@RabbitMqTest
class LargeLettersIT {

    /// What RabbitMQ 4 takes by itself, and a program of 56 MB of memory does not read.
    private static final int LARGE = 15 << 20;

    private final RabbitMqNode node;

    LargeLettersIT(RabbitMqNode node) {
        this.node = node;
    }

    @Test
    void whatIsTooLargeForAClientStaysWholeAndTheOthersGoBack() throws Exception {
        var small = "[[],{},null]".getBytes(StandardCharsets.UTF_8);
        try (var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            var channel = connection.createChannel();
            Queues.ensure(connection, "large");
            Queues.ensure(connection, "large.dead");
            channel.confirmSelect();
            dead(channel, "too-large", new byte[LARGE]);
            dead(channel, "small", small);
            assertThat(channel.waitForConfirms()).isTrue();
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
            // the broker puts back what a connection held a moment after its end
            assertThat(await().atMost(Duration.ofSeconds(60))
                            .until(() -> channel.basicGet("large.dead", true), Objects::nonNull)
                            .getBody())
                    .hasSize(LARGE);
        }
    }

    private static void dead(Channel channel, String id, byte[] body) throws IOException {
        var headers =
                Map.<String, Object>of("x-jtask-reason", "poison", "id", id, "task", "t.any", "x-jtask-queue", "large");
        var properties =
                new BasicProperties.Builder().correlationId(id).headers(headers).build();
        channel.basicPublish("", "large.dead", properties, body);
    }

    /// To the task that comes next.
    private static void answerWith(Channel channel, byte[] body) throws IOException {
        var task = await().atMost(Duration.ofSeconds(60))
                .until(() -> channel.basicGet("large", true), Objects::nonNull)
                .getProps();
        var properties = new BasicProperties.Builder()
                .correlationId(task.getCorrelationId())
                .build();
        channel.basicPublish("", task.getReplyTo(), properties, body);
    }
}
