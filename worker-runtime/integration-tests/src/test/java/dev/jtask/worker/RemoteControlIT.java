package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.TaskClient;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Python's own command line talks to a Java worker.
@RabbitMqTest
class RemoteControlIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "remote-control";
    private static final String TO_IT = "--destination=test@remote-control";
    /// Celery waits for a second by itself, and for no longer than until the one that is asked has answered.
    private static final String PATIENTLY = "--timeout=50";

    private final TestTasks tasks = new TestTasks();
    private RabbitMqNode node;
    private TaskClient client;
    private WorkerProgram worker;

    @BeforeEach
    void start(RabbitMqNode broker) throws IOException {
        node = broker;
        client = TaskClient.builder(broker.amqpUri()).queue(QUEUE).connect();
        worker = Workers.start(broker, tasks, QUEUE);
    }

    @AfterEach
    void stop() {
        tasks.gate.countDown();
        worker.close();
        client.close();
    }

    @Test
    void answersStatusAndEveryInspection() throws Exception {
        var running = client.send("t.wait");
        Awaitility.await("it runs").atMost(SOON).until(() -> tasks.waiting.get() == 1);

        assertThat(celery("status", TO_IT, PATIENTLY)).contains("test@remote-control", "OK", "1 node online");
        assertThat(inspect("ping").path("ok").textValue()).isEqualTo("pong");
        var active = inspect("active");
        assertThat(active).hasSize(1);
        assertThat(active.get(0).path("id").textValue()).isEqualTo(running.id());
        assertThat(active.get(0).path("name").textValue()).isEqualTo("t.wait");
        assertThat(inspect("reserved")).isEmpty();
        assertThat(inspect("scheduled")).isEmpty();
        assertThat(inspect("registered").toString()).contains("t.add").doesNotContain("celery.");
        assertThat(inspect("active_queues").get(0).path("name").textValue()).isEqualTo(QUEUE);
        var stats = inspect("stats");
        assertThat(stats.path("total").path("t.wait").intValue()).isEqualTo(1);
        assertThat(stats.path("pool").path("max-concurrency").intValue()).isEqualTo(4);
        assertThat(stats.path("broker").path("hostname").textValue()).isEqualTo("127.0.0.1");
        assertThat(stats.toString()).doesNotContain("guest:guest");
        assertThat(inspect("conf").path("worker_concurrency").intValue()).isEqualTo(4);
        assertThat(inspect("clock").path("clock").intValue()).isPositive();
        assertThat(inspect("report").path("ok").textValue()).contains("jtask");
        assertThat(inspect("query_task", running.id()).path(running.id()).get(0).textValue())
                .isEqualTo("active");
    }

    @Test
    void revokesWaitingAndTerminatesRunningTasks() throws Exception {
        var running = client.send("t.wait");
        Awaitility.await("it runs").atMost(SOON).until(() -> tasks.waiting.get() == 1);
        control("terminate", "SIGTERM", running.id());
        assertThatThrownBy(() -> running.get(SOON)).hasMessageContaining("terminated");
        assertThat(inspect("revoked").toString()).contains(running.id());
    }

    @Test
    void changesLimitsAndThePool() throws Exception {
        assertThat(control("rate_limit", "t.add", "10/m")).contains("new rate limit set successfully");
        assertThat(inspect("registered").toString()).contains("t.add [rate_limit=10/m]");
        assertThat(control("rate_limit", "t.none", "10/m")).contains("unknown task");
        assertThat(control("time_limit", "t.wait", "1", "1")).contains("time limits set successfully");
        assertThatThrownBy(() -> client.send("t.wait").get(SOON)).hasMessageContaining("TimeLimitExceeded");
        assertThat(control("pool_grow", "2")).contains("pool will grow");
        assertThat(inspect("stats").path("pool").path("max-concurrency").intValue())
                .isEqualTo(6);
        assertThat(control("pool_shrink", "5")).contains("pool will shrink");
        assertThat(inspect("stats").path("pool").path("max-concurrency").intValue())
                .isEqualTo(1);
    }

    @Test
    void whatWaitsUnderALimitThatIsLiftedRuns() throws Exception {
        assertThat(control("rate_limit", "t.add", "1/h")).contains("new rate limit set successfully");
        client.send("t.add", 1, 2).get(SOON);
        var held = client.send("t.add", 3, 4);
        assertThat(control("rate_limit", "t.add", "2/h")).contains("new rate limit set successfully");
        var other = client.send("t.add", 5, 6);
        assertThat(control("rate_limit", "t.add", "0")).contains("rate limit disabled successfully");

        assertThat(held.get(SOON).intValue()).isEqualTo(7);
        assertThat(other.get(SOON).intValue()).isEqualTo(11);
    }

    @Test
    void consumesAndLeavesQueues() throws Exception {
        assertThat(control("add_consumer", "remote-control-2")).contains("add consumer remote-control-2");
        try (var other =
                TaskClient.builder(node.amqpUri()).queue("remote-control-2").connect()) {
            assertThat(other.send("t.add", 1, 2).get(SOON).intValue()).isEqualTo(3);
        }
        assertThat(control("cancel_consumer", "remote-control-2"))
                .contains("no longer consuming from remote-control-2");
        assertThat(inspect("active_queues")).hasSize(1);
        Awaitility.await("no consumer")
                .atMost(SOON)
                .until(() -> node.shell().queues("consumers").contains("remote-control-2\t0"));
    }

    @Test
    void switchesEventsOnAndOff() throws Exception {
        assertThat(control("disable_events")).contains("task events already disabled");
        assertThat(control("enable_events")).contains("task events enabled");
        assertThat(control("enable_events")).contains("task events already enabled");
        assertThat(control("disable_events")).contains("task events disabled");
    }

    @Test
    void embeddedWorkersThatWereGivenNoNameAnswerEachForItself() {
        var mine = Long.toString(ProcessHandle.current().pid());
        try (var _ = unnamed();
                var _ = unnamed()) {
            Awaitility.await("both answer")
                    .atMost(SOON)
                    .until(() -> client.workers().ping().stream()
                                    .filter(name -> name.startsWith("jtask") && name.contains(mine))
                                    .count()
                            == 2);
        }
    }

    private Worker unnamed() {
        return Worker.builder()
                .broker(node.amqpUri())
                .queues(QUEUE + "-unnamed")
                .tasks(new TestTasks())
                .start();
    }

    @Test
    void shutsDown() throws Exception {
        celery("control", "--timeout", "0.2", "shutdown");
        Awaitility.await("stopped").atMost(SOON).until(() -> !worker.isReady());
        worker.awaitStopped();
    }

    private JsonNode inspect(String... command) throws Exception {
        var words = new String[command.length + 4];
        words[0] = "inspect";
        words[1] = "--json";
        words[2] = TO_IT;
        words[3] = PATIENTLY;
        System.arraycopy(command, 0, words, 4, command.length);
        var reply = TypedJson.mapper().readTree(celery(words));
        return reply.path("test@remote-control");
    }

    private String control(String... command) throws Exception {
        var words = new String[command.length + 3];
        words[0] = "control";
        words[1] = TO_IT;
        words[2] = PATIENTLY;
        System.arraycopy(command, 0, words, 3, command.length);
        return celery(words);
    }

    private String celery(String... words) throws Exception {
        var command = new String[words.length + 4];
        command[0] = "/usr/bin/python3";
        command[1] = "-mcelery";
        command[2] = "-b";
        command[3] = node.amqpUri();
        System.arraycopy(words, 0, command, 4, words.length);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return output;
    }
}
