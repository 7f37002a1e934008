package dev.jtask.worker.app.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// `/livez`, `/readyz` and `/metrics`.
public final class HealthServer implements AutoCloseable {

    private static final int OK = 200;
    private static final int THREADS = 2;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;

    private HealthServer(HttpServer server) {
        this.server = server;
    }

    /// @param port 0 for any free port
    /// @param faults why only a new process would help; none when it is alive
    /// @param troubles why it takes no work; none when it is ready
    /// @param metrics in Prometheus' text form
    /// @throws IOException naming the address when it cannot be bound
    public static HealthServer start(
            String host,
            int port,
            Supplier<List<String>> faults,
            Supplier<List<String>> troubles,
            Supplier<String> metrics)
            throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on %s:%d (%s); set JTASK_HTTP_HOST or JTASK_HTTP_PORT"
                            .formatted(host, port, e.getMessage()),
                    e);
        }
        server.createContext("/livez", exchange -> answer(exchange, faults.get(), "alive"));
        server.createContext("/readyz", exchange -> answer(exchange, both(faults.get(), troubles.get()), "ready"));
        server.createContext("/metrics", exchange -> send(exchange, OK, metrics.get()));
        // platform threads: tasks that keep every virtual thread's carrier busy must not silence the worker
        server.setExecutor(Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("http-", 0).factory()));
        server.start();
        return new HealthServer(server);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, List<String> against, String word) throws IOException {
        if (against.isEmpty()) {
            send(exchange, OK, word + "\n");
        } else {
            send(exchange, UNAVAILABLE, "not %s: %s\n".formatted(word, String.join("; ", against)));
        }
    }

    private static List<String> both(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
