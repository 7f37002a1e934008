package dev.jtask.client;

import static org.awaitility.Awaitility.await;

import dev.jtask.testing.RabbitMqNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A real Celery worker with the tasks of `peer.py`.
public final class PythonWorker implements AutoCloseable {

    private static final String PYTHON = "/usr/bin/python3";

    private final Process process;

    private PythonWorker(Process process) {
        this.process = process;
    }

    /// Starts one and waits until it consumes the queue.
    public static PythonWorker start(RabbitMqNode node, String queue, Path log) throws IOException {
        return start(node, "rpc://", queue, log);
    }

    public static PythonWorker start(RabbitMqNode node, String backend, String queue, Path log) throws IOException {
        var builder = new ProcessBuilder(
                        PYTHON, "-m", "celery", "-A", "peer", "worker", "--pool", "threads", "-c", "2", "-l", "INFO")
                .directory(Path.of("src/test/python").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("PEER_BROKER_URI", node.amqpUri());
        builder.environment().put("PEER_QUEUE", queue);
        builder.environment().put("PEER_BACKEND", backend);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        var worker = new PythonWorker(builder.start());
        await("the Celery worker consumes %s; its log: %s".formatted(queue, log))
                .atMost(Duration.ofSeconds(60))
                .failFast("it ended; see " + log, () -> !worker.process.isAlive())
                .until(() -> node.ctl("-q", "list_queues", "name", "consumers")
                        .lines()
                        .anyMatch(line -> line.startsWith(queue + "\t") && !line.endsWith("\t0")));
        return worker;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
