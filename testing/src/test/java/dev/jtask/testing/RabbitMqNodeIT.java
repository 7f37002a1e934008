package dev.jtask.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RabbitMqNodeIT {

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
            }
            assertThat(node.ctl("list_queues", "name")).contains("kept");
            assertThat(node.view().exists("kept")).isTrue();
            assertThat(node.view().exists("missing")).isFalse();
        }
        assertThat(Files.exists(home)).isFalse();
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }
}
