package dev.jtask.worker.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RabbitMqTest
class RehearsalIT {

    @TempDir
    private Path folder;

    @Test
    void aRehearsalRunsItsTasksAndEndsWell(RabbitMqNode broker) throws IOException, InterruptedException {
        var log = folder.resolve("rehearsal.log");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rehearsal.class.getName(),
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "JTASK_BROKER_URI",
                        broker.amqpUri(),
                        "JTASK_QUEUES",
                        "rehearsal-" + UUID.randomUUID(),
                        "JTASK_NODE_NAME",
                        "rehearsal-" + UUID.randomUUID() + "@here",
                        "JTASK_HTTP_PORT",
                        "0"));
        var process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as(() -> "it ends, log in %s".formatted(log))
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
