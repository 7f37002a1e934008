package dev.jtask.local.system;

import dev.jtask.testing.process.Children;
import dev.jtask.testing.process.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The production operator as a process of its own.
final class OperatorProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int LOG_LINES = 15;

    private final Process process;
    private final Path log;
    private final int port;

    private OperatorProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /// Starts the operator; it may not be ready yet.
    static OperatorProcess start(Checkout checkout, Path kubeconfig) {
        return start(checkout, kubeconfig, checkout.operatorLog(), Map.of());
    }

    /// @param more variables besides those that every operator here has
    static OperatorProcess start(Checkout checkout, Path kubeconfig, Path log, Map<String, String> more) {
        try {
            int port = FreePorts.take(1).getFirst();
            var command = List.of(
                    checkout.java().toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:-UsePerfData",
                    "-Djava.io.tmpdir=" + checkout.temporary(),
                    "-jar",
                    checkout.operator().toString());
            var environment = new HashMap<>(more);
            environment.put("KUBECONFIG", kubeconfig.toString());
            environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
            // the broker of local mode gives new figures every second; the default is for brokers that do not
            environment.put("JTASK_OPERATOR_TICK", "1s");
            return new OperatorProcess(Children.start(command, environment, checkout.folder(), log), log, port);
        } catch (IOException e) {
            throw new CannotRunException("the operator cannot be started: " + e.getMessage(), e);
        }
    }

    Process process() {
        return process;
    }

    /// Waits until the operator says that it is ready.
    ///
    /// @throws CannotRunException with the end of its log when it ends or takes too long
    void awaitReady() {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            while (!answers(http)) {
                if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                    throw new CannotRunException("the operator ended with code %d; its log %s ends with:%n%s"
                            .formatted(process.exitValue(), log, tail()));
                }
                if (System.nanoTime() > deadline) {
                    throw new CannotRunException("the operator was not ready within %d s; its log %s ends with:%n%s"
                            .formatted(PATIENCE.toSeconds(), log, tail()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRunException("interrupted while the operator started", e);
        }
    }

    /// What it tells Prometheus of itself.
    ///
    /// @throws CannotRunException when it does not answer
    String metrics() {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request("/q/metrics"), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new CannotRunException("the operator does not show its metrics: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRunException("interrupted while the operator showed its metrics", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private boolean answers(HttpClient http) throws InterruptedException {
        try {
            return http.send(request("/q/health/ready"), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .timeout(Duration.ofSeconds(2))
                .build();
    }

    private String tail() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
