package dev.jtask.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RabbitMqNodeIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void keepsDurableMessagesOverARestartAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
        var home = folder.resolve("node");
        try (var node = RabbitMqNode.start(home)) {
            var factory = new ConnectionFactory();
            factory.setUri(node.amqpUri());
            try (var connection = factory.newConnection();
                    var channel = connection.createChannel()) {
                channel.queueDeclare("kept", true, false, false, Map.of());
                channel.confirmSelect();
                channel.basicPublish(
                        "", "kept", MessageProperties.PERSISTENT_BASIC, "x".getBytes(StandardCharsets.UTF_8));
                channel.waitForConfirmsOrDie(5_000);
            }

            node.restart();

            try (var connection = factory.newConnection();
                    var channel = connection.createChannel()) {
                assertThat(channel.messageCount("kept")).isEqualTo(1);
                await().atMost(SOON).until(() -> node.view().exists("kept"));
            }
            factory.setAutomaticRecoveryEnabled(false);
            var connection = factory.newConnection();
            assertDoesAsItIsTold(node.shell());
            await().atMost(SOON).until(() -> !connection.isOpen());
            assertThat(node.view().exists("missing")).isFalse();
        }
        assertThat(Files.exists(home)).isFalse();
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    /// With the queue "kept" of one message, and one connection, which it closes.
    private static void assertDoesAsItIsTold(BrokerShell shell) {
        assertThat(shell.eval("lists:seq(1, 3)")).isEqualTo("[1,2,3]");
        assertThatThrownBy(() -> shell.eval("none:such()"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("none:such()")
                .hasMessageContaining("undef");
        assertThat(shell.queues("messages")).isEqualTo("kept\t1\n");
        assertThat(shell.connections("state", "user")).isEqualTo("running\t<<\"guest\">>\n");
        shell.limitMemory(0.000001);
        await().atMost(SOON).until(() -> shell.eval("rabbit_alarm:get_alarms()").contains("memory"));
        shell.limitMemory(0.6);
        shell.deleteQueue("kept");
        assertThat(shell.queues("messages")).isEmpty();
        shell.closeConnections();
    }
}
