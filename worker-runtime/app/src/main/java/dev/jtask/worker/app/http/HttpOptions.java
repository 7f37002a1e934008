package dev.jtask.worker.app.http;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Where health and metrics are shown, and to whom.
///
/// @param port 0 takes any free port
/// @param metricsPort empty for the same port
/// @param metricsToken file with the bearer token that `/metrics` asks for, read anew for each request; null for none
public record HttpOptions(
        String host,
        int port,
        OptionalInt metricsPort,
        @Nullable Path metricsToken) {}
