package dev.jtask.testing;

import dev.jtask.testing.process.Children;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A real Celery worker with the tasks of `peer.py`.
public final class PythonWorker implements AutoCloseable {

    private static final String PYTHON = "/usr/bin/python3";
    private static final String APP = "peer.py";
    private static final long PATIENCE_SECONDS = 60;
    private static final long STOP_SECONDS = 10;

    private final Path folder;
    private final Process process;

    private PythonWorker(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /// Starts one with `rpc://` and waits until it consumes the queue.
    public static PythonWorker start(RabbitMqNode node, String queue, Path log) throws IOException {
        return start(node, "rpc://", queue, log);
    }

    /// Starts one and waits until it consumes the queue.
    ///
    /// @param backend Celery's result backend
    /// @param log gets what the worker says
    public static PythonWorker start(RabbitMqNode node, String backend, String queue, Path log) throws IOException {
        var folder = Files.createTempDirectory("jtask-peer");
        try (var app = PythonWorker.class.getResourceAsStream(APP)) {
            if (app == null) {
                throw new FileNotFoundException(APP);
            }
            Files.copy(app, folder.resolve(APP));
        }
        var process = Children.start(
                List.of(PYTHON, "-m", "celery", "-A", "peer", "worker", "--pool", "threads", "-c", "2", "-l", "INFO"),
                Map.of(
                        "PATH",
                        System.getenv("PATH"),
                        "HOME",
                        folder.toString(),
                        "PEER_BROKER_URI",
                        node.amqpUri(),
                        "PEER_QUEUE",
                        queue,
                        "PEER_BACKEND",
                        backend,
                        "PYTHONDONTWRITEBYTECODE",
                        "1"),
                folder,
                log.toAbsolutePath());
        var worker = new PythonWorker(folder, process);
        worker.awaitConsuming(node, queue, log);
        return worker;
    }

    /// Ends the worker in good order, or after 10 s in any.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(folder.resolve(APP));
            Files.deleteIfExists(folder);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitConsuming(RabbitMqNode node, String queue, Path log) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isConsuming(node, queue)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IOException(
                        "the Celery worker does not consume %s (Debian: apt-get install python3-celery".formatted(queue)
                                + " python3-redis); its log: "
                                + Files.readString(log));
            }
            Pause.briefly();
        }
    }

    private static boolean isConsuming(RabbitMqNode node, String queue) {
        return node.ctl("-q", "list_queues", "name", "consumers")
                .lines()
                .anyMatch(line -> line.startsWith(queue + "\t") && !line.endsWith("\t0"));
    }
}
