package dev.jtask.client.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.PythonWorker;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Remote control of a real Python worker.
@RabbitMqTest
@SuppressWarnings("NullAway.Init")
class WorkersIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "controlled";

    @TempDir
    static Path folder;

    private static PythonWorker worker;
    private static TaskClient client;
    private static String name;

    @BeforeAll
    static void start(RabbitMqNode node) throws IOException {
        worker = PythonWorker.start(node, QUEUE, folder.resolve("celery.log"));
        client = TaskClient.builder(node.amqpUri()).queue(QUEUE).connect();
        // its mailbox opens after its queue; other tests' workers may be there as well
        Awaitility.await("the worker answers")
                .atMost(SOON)
                .until(() -> client.workers().inspect().activeQueues().values().stream()
                        .anyMatch(queues -> queues.toString().contains(QUEUE)));
        name = client.workers().inspect().activeQueues().entrySet().stream()
                .filter(entry -> entry.getValue().toString().contains(QUEUE))
                .findFirst()
                .orElseThrow()
                .getKey();
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
    void aWorkerAnswersQuestions() {
        var here = client.workers().on(name).within(SOON);

        assertThat(here.ping()).containsExactly(name);
        assertThat(answer(here.inspect().registered()).toString()).contains("p.add", "p.echo");
        assertThat(answer(here.inspect().stats())
                        .path("pool")
                        .path("max-concurrency")
                        .asInt())
                .isEqualTo(2);
        assertThat(answer(here.inspect().active())).isEmpty();
        assertThat(answer(here.inspect().query("unknown"))).isEmpty();
        assertThat(answer(here.rateLimit("p.type", "5/s")).path("ok").asText())
                .isEqualTo("new rate limit set successfully");
        assertThat(answer(here.rateLimit("p.none", "5/s")).path("error").asText())
                .isEqualTo("unknown task");
    }

    @Test
    void nobodyAnswersForANodeThatIsNotThere() {
        assertThat(client.workers()
                        .on("nobody@nowhere")
                        .within(Duration.ofMillis(300))
                        .ping())
                .isEmpty();
    }

    @Test
    void aRevokedTaskEndsInRevokedWithoutHavingRun() {
        var here = client.workers().on(name).within(SOON);
        // the worker comes to it once it has heard that it is revoked, however slow it is
        var handle = client.send(TaskRequest.of("p.add", 1, 1).queue("controlled-late"));
        handle.revoke();
        Awaitility.await("it is heard of")
                .atMost(SOON)
                .until(() -> answer(here.inspect().revoked()).toString().contains(handle.id()));
        here.addConsumer("controlled-late");

        assertThatThrownBy(() -> handle.get(SOON))
                .asInstanceOf(type(TaskFailedException.class))
                .returns("REVOKED", TaskFailedException::status);
        assertThat(answer(here.inspect().revoked()).toString()).contains(handle.id());
    }

    @Test
    void aWorkerTakesAnotherQueueAndLeavesIt() {
        var here = client.workers().on(name).within(SOON);

        assertThat(answer(here.addConsumer("controlled-2")).path("ok").asText()).contains("add consumer controlled-2");
        assertThat(client.send(TaskRequest.of("p.add", 1, 2)
                                .queue("controlled-2")
                                .returning(Integer.class))
                        .get(SOON))
                .isEqualTo(3);
        assertThat(answer(here.cancelConsumer("controlled-2")).path("ok").asText())
                .contains("no longer consuming from controlled-2");
    }

    private static JsonNode answer(Map<String, JsonNode> answers) {
        return Objects.requireNonNull(answers.get(name));
    }
}
