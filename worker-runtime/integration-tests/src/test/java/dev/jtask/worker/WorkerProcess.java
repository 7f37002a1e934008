package dev.jtask.worker;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.process.TaskJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/// `bin/jtask-worker` as a process of its own, with a jar of [ProcessTasks].
final class WorkerProcess implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Pattern PORT = Pattern.compile("http 127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Path log;

    private WorkerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Starts the script; the worker may or may not come up.
    static WorkerProcess start(Path folder, RabbitMqNode node, Map<String, String> variables) throws IOException {
        return start(folder, node, variables, jar(folder));
    }

    /// As [#start(Path, RabbitMqNode, Map)], with these arguments.
    static WorkerProcess start(Path folder, RabbitMqNode node, Map<String, String> variables, String... arguments)
            throws IOException {
        var log = Files.createTempFile(folder, "worker", ".log");
        var command = new ArrayList<>(List.of("../bin/jtask-worker"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        var environment = new TreeMap<>(Map.of(
                "JTASK_BROKER_URI",
                node.amqpUri(),
                "JTASK_HTTP_PORT",
                "0",
                "JTASK_CONCURRENCY",
                "2",
                "JTASK_CLASSPATH",
                System.getProperty("java.class.path"),
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JAVA_OPTS",
                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"));
        environment.putAll(variables);
        // which broker the tests run is no affair of a worker's
        builder.environment().keySet().removeIf(name -> name.startsWith("JTASK_"));
        builder.environment().putAll(environment);
        return new WorkerProcess(builder.start(), log);
    }

    WorkerProcess awaitReady() {
        Awaitility.await("worker is ready").atMost(SOON).until(() -> isRunning() && status("/readyz") == 200);
        return this;
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    boolean isRunning() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the worker ended:\n" + log());
        }
        return true;
    }

    int status(String path) throws IOException {
        var port = PORT.matcher(log());
        return port.find() ? Workers.get(Integer.parseInt(port.group(1)), path).statusCode() : 0;
    }

    /// The text of `/metrics`; empty while it does not listen.
    String metrics() throws IOException {
        var port = PORT.matcher(log());
        return port.find()
                ? Workers.get(Integer.parseInt(port.group(1)), "/metrics").body()
                : "";
    }

    /// SIGKILL.
    void kill() {
        process.destroyForcibly();
    }

    /// SIGTERM.
    void terminate() {
        process.destroy();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the worker did not end:\n" + log());
        }
        return process.exitValue();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /// The path of a jar of [ProcessTasks] in the folder.
    static String jar(Path folder) throws IOException {
        var jar = folder.resolve("process-tasks.jar");
        if (!Files.exists(jar)) {
            TaskJar.write(jar, ProcessTasks.class);
        }
        return jar.toString();
    }
}
