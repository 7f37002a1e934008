package dev.jtask.operator.report;

import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.operator.http.Exchange;
import dev.jtask.protocol.uri.ServerUri;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// Asks the worker's metrics endpoint, for at most a second and two megabytes.
public final class HttpWorkerReports implements WorkerReports {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long MOST_BYTES = 2L << 20;

    private final HttpClient http;
    private final int port;
    private final Duration patience;

    /// @param port the worker's HTTP port
    public HttpWorkerReports(int port) {
        this(port, PATIENCE);
    }

    HttpWorkerReports(int port, Duration patience) {
        this.port = port;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public Optional<WorkerReport> of(Pod pod, Set<String> queues) {
        var address = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        if (address == null) {
            return Optional.empty();
        }
        var request = HttpRequest.newBuilder(
                        URI.create("http://%s:%d/metrics".formatted(ServerUri.shown(address), port)))
                .timeout(patience)
                .build();
        try {
            return Exchange.read(
                    http,
                    request,
                    MOST_BYTES,
                    patience,
                    (status, body) -> status == 200 ? MetricsText.read(body, queues) : Optional.empty());
        } catch (ExecutionException | TimeoutException | NumberFormatException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
