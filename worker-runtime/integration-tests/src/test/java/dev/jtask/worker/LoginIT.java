package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.registry.TaskClasses;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A worker that the broker does not let in says why and what to do, once for all its connections.
@RabbitMqTest
class LoginIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RabbitMqNode node;

    LoginIT(RabbitMqNode node) {
        this.node = node;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        guest:hunter2 | /        | it has no user 'guest' with this password; correct JTASK_BROKER_URI
        guest:guest   | /nowhere | it has no vhost 'nowhere'; create it (rabbitmqctl add_vhost nowhere) or correct JTASK_BROKER_URI
        """)
    void isToldTheVariableAndTheFixInOneLine(String login, String vhost, String told) throws Exception {
        var uri = "amqp://%s@127.0.0.1:%d%s".formatted(login, node.amqpPort(), vhost);
        try (var log = new LogLines();
                var worker =
                        Workers.startAny(node, TaskClasses.of(new TestTasks()), "login", "JTASK_BROKER_URI", uri)) {
            await().atMost(SOON).until(() -> log.count(told) > 0);
            // all three connections have been refused several times by then
            assertThat(new CountDownLatch(1).await(4, TimeUnit.SECONDS)).isFalse();

            assertThat(log.count(told)).isEqualTo(1);
            assertThat(log.lines()).noneMatch(line -> line.contains("hunter2"));
            assertThat(worker.isReady()).isFalse();
        }
    }
}
