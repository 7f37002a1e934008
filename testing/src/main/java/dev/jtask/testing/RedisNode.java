package dev.jtask.testing;

import dev.jtask.testing.process.Children;
import dev.jtask.testing.process.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A Redis server, private to the run, on a free loopback port, without persistence.
public final class RedisNode implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final int port;
    private final Path directory;
    private final List<String> options;
    private Process process;

    private RedisNode(int port, Path directory, List<String> options) throws IOException {
        this.port = port;
        this.directory = directory;
        this.options = options;
        this.process = launch();
    }

    /// @param options more of the server's, such as `--tls-port`
    /// @throws IllegalStateException when `redis-server` is not installed or does not answer
    public static RedisNode start(String... options) {
        try {
            return new RedisNode(FreePorts.take(1).get(0), Files.createTempDirectory("jtask-redis"), List.of(options));
        } catch (IOException e) {
            throw new IllegalStateException("redis-server does not start (Debian: apt-get install redis-server)", e);
        }
    }

    /// `redis://127.0.0.1:port/0`.
    public String uri() {
        return "redis://127.0.0.1:%d/0".formatted(port);
    }

    /// What `redis-cli` prints for a command.
    public String ask(String... command) throws IOException {
        var line = new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port)));
        line.addAll(List.of(command));
        var asked = new ProcessBuilder(line).redirectErrorStream(true).start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /// Ends the server and forgets what it had.
    public void stop() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /// Starts an empty server on the same port.
    public void startAgain() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        stop();
        try {
            Files.deleteIfExists(directory.resolve("redis.log"));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() throws IOException {
        var log = directory.resolve("redis.log");
        var command = new ArrayList<>(List.of("redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1"));
        command.addAll(List.of("--save", "", "--dir", directory.toString()));
        command.addAll(options);
        var started = Children.start(command, Map.of("PATH", System.getenv("PATH")), directory, log);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > end) {
                throw new IOException("redis-server ended or is silent; its log: " + Files.readString(log));
            }
            Pause.briefly();
        }
        return started;
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
