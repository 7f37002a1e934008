package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A task that ends its workers, where neither suspects nor dead letters are taken.
@RabbitMqTest
class DeadlyTaskIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LONGER_THAN_A_REST = Duration.ofSeconds(8);
    private static final Map<String, Object> FULL = Map.of("x-max-length", 0, "x-overflow", "reject-publish");

    @TempDir
    private Path folder;

    private final String queue = "deadly-" + UUID.randomUUID();
    private RabbitMqNode node;
    private TaskClient client;
    private RawMessages raw;

    @BeforeEach
    void connect(RabbitMqNode broker) throws Exception {
        node = broker;
        client = TaskClient.builder(broker.amqpUri()).queue(queue).connect();
        raw = new RawMessages(broker);
        raw.declare(queue + ".suspects", FULL);
        raw.declare(queue + ".dead", FULL);
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        for (var each : new String[] {queue, queue + ".suspects", queue + ".dead"}) {
            raw.delete(each);
        }
        raw.close();
    }

    @Test
    void itIsRefusedAfterItsLastDeathAndNeverRunsAgain() throws Exception {
        var deadly = client.send("p.halt");
        for (int i = 0; i < 2; i++) {
            try (var worker = worker()) {
                await("death " + i).atMost(SOON).until(worker::hasEnded);
            }
        }

        try (var worker = worker()) {
            await("it is refused").atMost(SOON).until(deadly::isReady);
            await("nothing runs it").during(LONGER_THAN_A_REST).atMost(SOON).until(() -> !worker.hasEnded());
            assertThat(client.send("p.length", "four").get(SOON)).hasToString("4");
        }
    }

    private WorkerProcess worker() throws Exception {
        return WorkerProcess.start(
                folder, node, Map.of("JTASK_QUEUES", queue, "JTASK_REDELIVERY_LIMIT", "1", "JTASK_PREFETCH", "1"));
    }
}
