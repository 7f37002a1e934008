package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.client.TaskClient;
import dev.jtask.client.TaskName;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The Java client's stubs, work flows and remote control with a Java worker.
@RabbitMqTest
class ClientIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String NODE = "test@java-client";

    private final TestTasks tasks = new TestTasks();
    private final CanvasTasks flowTasks = new CanvasTasks();
    private TaskClient client;
    private WorkerProgram worker;
    private WorkerProgram flowWorker;

    @BeforeEach
    void start(RabbitMqNode broker) throws IOException {
        client = TaskClient.builder(broker.amqpUri()).queue("java-client").connect();
        worker = Workers.start(broker, tasks, "java-client");
        flowWorker = Workers.start(broker, flowTasks, "java-flows");
    }

    @AfterEach
    void stop() {
        tasks.gate.countDown();
        worker.close();
        flowWorker.close();
        client.close();
    }

    @TaskName("t")
    interface Flows {
        TaskHandle<Integer> add(int x, int y);
    }

    @Test
    void runsStubsChainsGroupsAndLinks() throws Exception {
        assertThat(client.stub(Flows.class, request -> request.queue("java-flows"))
                        .add(4, 6)
                        .get(SOON))
                .isEqualTo(10);
        assertThat(client.send(Chain.of(add(1, 2)).then(add(3)).then(add(4))).get(SOON))
                .isEqualTo(10);
        assertThat(client.send(Group.of(add(1, 1), Chain.of(add(2, 2)).then(add(3))))
                        .get(SOON))
                .containsExactly(2, 7);
        var linked = client.send(add(20, 1).link(TaskRequest.of("t.log").queue("java-flows")));
        assertThat(flowTasks.logged.poll(60, TimeUnit.SECONDS)).isEqualTo(21);
        assertThat(linked.get(SOON)).isEqualTo(21);
        assertThat(linked.children()).hasSize(1);
    }

    @Test
    void hearsOfAResultThatNobodyReads() {
        var power = TaskRequest.of("t.power", 16_325).queue("java-flows").returning(Integer.class);

        assertThatThrownBy(() -> client.send(power).get(SOON)).hasMessageContaining("more than 10000 digits");
        assertThatThrownBy(() -> client.send(Chain.of(power).then(add(3))).get(SOON))
                .hasMessageContaining("more than 10000 digits");
        assertThatThrownBy(() -> client.send("t.log", BigInteger.TEN.pow(10_000)))
                .hasMessageContaining("which no worker reads");
    }

    @Test
    void findsAndTerminatesARunningTask() {
        var running = client.send("t.wait");
        Awaitility.await("it runs").atMost(SOON).until(() -> tasks.waiting.get() == 1);
        var here = client.workers().on(NODE).within(SOON);

        assertThat(here.ping()).containsExactly(NODE);
        assertThat(here.inspect().query(running.id()).toString()).contains("active");
        running.terminate();

        assertThatThrownBy(() -> running.get(SOON)).hasMessageContaining("terminated");
    }

    private static TaskRequest<Integer> add(Object... values) {
        return TaskRequest.of("t.add", values).queue("java-flows").returning(Integer.class);
    }
}
