package dev.jtask.worker.app.http;

import dev.jtask.tls.TlsFiles;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Where health and metrics are shown, and to whom.
///
/// @param port 0 takes any free port
/// @param metricsPort empty for the same port
/// @param metricsToken file with the bearer token that `/metrics` asks for, read anew for each request; null for none
/// @param metricsTls certificate and key of the port of `/metrics`, read anew for each connection; none for plain HTTP
public record HttpOptions(
        String host,
        int port,
        OptionalInt metricsPort,
        @Nullable Path metricsToken,
        TlsFiles metricsTls) {

    /// In plain HTTP.
    public HttpOptions(String host, int port, OptionalInt metricsPort, @Nullable Path metricsToken) {
        this(host, port, metricsPort, metricsToken, TlsFiles.NONE);
    }

    /// @throws IllegalArgumentException when the probes would have to be encrypted as well
    public HttpOptions {
        if (!metricsTls.isNone() && metricsPort.isEmpty()) {
            throw new IllegalArgumentException(
                    "probes are plain HTTP, so that /metrics with TLS needs a port of its own; set JTASK_METRICS_PORT");
        }
    }
}
