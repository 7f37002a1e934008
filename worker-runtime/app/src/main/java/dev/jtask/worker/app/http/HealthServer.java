package dev.jtask.worker.app.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// `/livez`, `/readyz` and `/metrics`.
public final class HealthServer implements AutoCloseable {

    private final Port health;
    private final @Nullable Port metrics;

    private HealthServer(Port health, @Nullable Port metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    /// Where it listens, and whom it shows the metrics.
    ///
    /// @throws IOException naming the address when it cannot be bound
    public static HealthServer start(HttpOptions options, Pages pages) throws IOException {
        var shown = new ArrayList<>(List.of(
                Page.of("/livez", request -> Answer.health(pages.faults().get(), "alive")),
                Page.of(
                        "/readyz",
                        request -> Answer.health(
                                both(pages.faults().get(), pages.troubles().get()), "ready"))));
        var figures = Page.of(
                "/metrics",
                new Bearer(
                        options.metricsToken(),
                        () -> new Answer(Answer.Status.OK, pages.metrics().get())));
        if (options.metricsPort().isEmpty()) {
            shown.add(figures);
            return new HealthServer(plain(options.host(), options.port(), "JTASK_HTTP_PORT", shown), null);
        }
        var health = plain(options.host(), options.port(), "JTASK_HTTP_PORT", shown);
        try {
            return new HealthServer(
                    health, metrics(options, options.metricsPort().getAsInt(), figures));
        } catch (IOException e) {
            health.close();
            throw e;
        }
    }

    /// What it shows.
    ///
    /// @param faults why only a new process would help; none when it is alive
    /// @param troubles why it takes no work; none when it is ready
    /// @param metrics in Prometheus' text form
    public record Pages(Supplier<List<String>> faults, Supplier<List<String>> troubles, Supplier<String> metrics) {}

    public int port() {
        return health.number();
    }

    /// That of [#port()] unless there is one of its own.
    public int metricsPort() {
        return metrics == null ? health.number() : metrics.number();
    }

    @Override
    public void close() {
        health.close();
        if (metrics != null) {
            metrics.close();
        }
    }

    private static Port metrics(HttpOptions options, int number, Page figures) throws IOException {
        if (options.metricsTls().isNone()) {
            return plain(options.host(), number, "JTASK_METRICS_PORT", List.of(figures));
        }
        Supplier<SSLContext> contexts;
        try {
            contexts = options.metricsTls().contexts();
        } catch (IOException e) {
            throw new IOException("JTASK_METRICS_TLS_CERT, JTASK_METRICS_TLS_KEY: " + e.getMessage(), e);
        }
        return listen(
                options.host(), number, "JTASK_METRICS_PORT", address -> TlsPort.open(address, contexts, figures));
    }

    private static Port plain(String host, int port, String variable, List<Page> pages) throws IOException {
        return listen(host, port, variable, address -> HttpPort.open(address, pages));
    }

    /// Opens a port.
    private interface Opening {
        Port at(InetSocketAddress address) throws IOException;
    }

    private static Port listen(String host, int port, String variable, Opening opening) throws IOException {
        var address = new InetSocketAddress(host, port);
        try {
            if (address.isUnresolved()) {
                throw new UnknownHostException("no such host");
            }
            return opening.at(address);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on %s:%d (%s); set JTASK_HTTP_HOST or %s"
                            .formatted(host, port, e.getMessage(), variable),
                    e);
        }
    }

    private static List<String> both(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
