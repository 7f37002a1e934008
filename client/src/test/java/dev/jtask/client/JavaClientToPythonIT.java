package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.jtask.client.result.TaskFailedException;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.PythonWorker;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Java client calls tasks of a real Python worker.
@RabbitMqTest
@SuppressWarnings("NullAway.Init")
class JavaClientToPythonIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String QUEUE = "python-peer";

    @TempDir
    static Path folder;

    private static PythonWorker worker;
    private static TaskClient client;

    @BeforeAll
    static void start(RabbitMqNode node) throws IOException {
        worker = PythonWorker.start(node, QUEUE, folder.resolve("celery.log"));
        client = TaskClient.builder(node.amqpUri()).queue(QUEUE).connect();
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
        if (worker != null) {
            worker.close();
        }
    }

    @Test
    void aResultComesBack() {
        var sum = client.send("p.add", 4, 6);

        assertThat(sum.get(SOON).asInt()).isEqualTo(10);
        assertThat(sum.status()).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    void aPythonExceptionIsAFailureWithItsClassAndTraceback() {
        var handle = client.send("p.fail", "no such order");

        assertThatThrownBy(() -> handle.get(SOON))
                .asInstanceOf(type(TaskFailedException.class))
                .satisfies(failure -> {
                    assertThat(failure.status()).isEqualTo("FAILURE");
                    assertThat(failure.error().type()).isEqualTo("ValueError");
                    assertThat(failure.error().arguments()).containsExactly("no such order", 42);
                    assertThat(failure.remoteTraceback()).contains("raise ValueError(message, 42)");
                    assertThat(failure).hasMessageContaining("ValueError: no such order");
                });
    }

    @Test
    void keywordArgumentsArriveByName() {
        var handle = client.send(TaskRequest.of("p.kw", 1).kwarg("b", "two"));

        assertThat(handle.get(SOON).toString()).isEqualTo("[1,\"two\"]");
        assertThat(client.send("p.kw", 1).get(SOON).get(1).asText()).isEqualTo("none");
    }

    @Test
    void valuesSurviveBothWays() {
        var value = Map.<String, @Nullable Object>of(
                "text",
                "Grüße, 世界 \uD83D\uDE00 \"quoted\" \\",
                "big",
                new BigInteger("123456789012345678901234567890"),
                "list",
                Arrays.asList(1, 2.5, true, null),
                "empty",
                Map.of());

        var back = client.send("p.echo", value).get(SOON);

        assertThat(back.get("text").asText()).isEqualTo(value.get("text"));
        assertThat(back.get("big").bigIntegerValue()).isEqualTo(value.get("big"));
        assertThat(back.get("list").toString()).isEqualTo("[1,2.5,true,null]");
        assertThat(back.get("empty")).isEmpty();
    }

    @Test
    void pythonSeesItsOwnTypes() {
        var types = List.of(1, 1.5, "a", true, List.of(1), Map.of("a", 1)).stream()
                .map(value -> client.send("p.type", value).get(SOON).asText());

        assertThat(types).containsExactly("int", "float", "str", "bool", "list", "dict");
    }

    @Test
    void aRetryInPythonEndsInTheResult() {
        assertThat(client.send("p.retry", 2).get(SOON).asInt()).isEqualTo(2);
    }

    @Test
    void aCountdownIsKept() {
        var start = Instant.now();

        client.send(TaskRequest.of("p.add", 1, 1).countdown(Duration.ofSeconds(2)))
                .get(SOON);

        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofSeconds(2));
    }

    @Test
    void whatHasExpiredIsRevoked() {
        var handle =
                client.send(TaskRequest.of("p.add", 1, 1).expires(Instant.now().minusSeconds(5)));

        assertThatThrownBy(() -> handle.get(SOON))
                .asInstanceOf(type(TaskFailedException.class))
                .returns("REVOKED", TaskFailedException::status);
    }

    @Test
    void aTaskWithoutAParentIsTheRootOfItsWorkflow() {
        assertThat(client.send("p.headers").get(SOON).toString()).isEqualTo("[true,null,null]");
    }

    @Test
    void manyResultsFindTheirHandles() {
        var handles = client.sendAll(IntStream.range(0, 500)
                .mapToObj(i -> TaskRequest.of("p.add", i, 1).returning(Integer.class))
                .toList());

        for (int i = 0; i < handles.size(); i++) {
            assertThat(handles.get(i).get(SOON)).isEqualTo(i + 1);
        }
    }
}
