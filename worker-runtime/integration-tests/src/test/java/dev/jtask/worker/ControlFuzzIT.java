package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.TaskClient;
import dev.jtask.protocol.topology.Pidbox;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Very many control messages that are wrong in some way: nothing dies, hangs or grows. `make fuzz` sends 100,000.
@RabbitMqTest
class ControlFuzzIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MESSAGES = Integer.getInteger("fuzz.control", 5_000);
    private static final int BATCH = 1_000;
    private static final long SEED = 4;
    private static final String QUEUE = "noise";
    private static final String NODE = "test@" + QUEUE;
    /// A line for each change that is asked for. Kept here, since loggers that nobody holds forget their level.
    private static final Logger AUDIT = Logger.getLogger("dev.jtask.audit");

    @Test
    @Timeout(600)
    void aWorkerAnswersAsBeforeAndHasNotGrown(RabbitMqNode broker) throws Exception {
        AUDIT.setLevel(Level.OFF);
        var tasks = new TestTasks();
        try (var worker = Workers.start(broker, tasks, QUEUE);
                var client = TaskClient.builder(broker.amqpUri()).queue(QUEUE).connect();
                var stranger = new Stranger(broker.amqpUri())) {
            stranger.awaitAnswer(NODE);
            var noise = new ControlNoise(SEED);
            send(stranger, noise, BATCH);
            long heap = heap();
            int threads = threads();

            for (int sent = BATCH; sent < MESSAGES; sent += BATCH) {
                send(stranger, noise, BATCH);
                assertThat(worker.isReady()).isTrue();
            }

            assertThat(stranger.ask(NODE, "active_queues", "{}").findValuesAsText("routing_key"))
                    .contains(QUEUE);
            assertThat(stranger.ask(NODE, "stats", "{}")
                            .at("/pool/max-concurrency")
                            .asInt())
                    .isBetween(1, 10_000);
            assertThat(client.send("t.add", 1, 2).get(SOON).intValue()).isEqualTo(3);
            Awaitility.await("its threads are as many as before").atMost(SOON).until(() -> threads() <= threads + 5);
            assertThat(heap() - heap).as("bytes kept").isLessThan(32L << 20);
            System.out.printf(
                    "control: messages=%,d heap=%+d KiB threads=%+d%n",
                    MESSAGES, (heap() - heap) >> 10, threads() - threads);
        }
    }

    @AfterAll
    static void speakAgain() {
        AUDIT.setLevel(null);
    }

    /// Answers after them, so they are read.
    private static void send(Stranger stranger, ControlNoise noise, int messages) throws Exception {
        for (int i = 0; i < messages; i++) {
            stranger.channel().basicPublish(Pidbox.REQUESTS.name(), "", noise.properties(), noise.body());
        }
        assertThat(stranger.ask(NODE, "ping", "{}").path("ok").asText()).isEqualTo("pong");
    }

    private static long heap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
