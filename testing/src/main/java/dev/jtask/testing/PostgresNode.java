package dev.jtask.testing;

import dev.jtask.testing.process.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL server, private to the run: own directory and password, a free loopback port, no socket. It refuses to
/// run as root, and runs as Debian's user `postgres` there.
public final class PostgresNode implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final PostgresProcess server;
    private final int port;
    private final String password;

    private PostgresNode(PostgresProcess server, int port, String password) {
        this.server = server;
        this.port = port;
        this.password = password;
    }

    /// Starts a server with an empty database.
    ///
    /// @throws IllegalStateException when PostgreSQL is not installed or does not start, with its log
    public static PostgresNode start() {
        var password = UUID.randomUUID().toString();
        int port = FreePorts.take(1).get(0);
        try {
            var server = PostgresProcess.in(Files.createTempDirectory("jtask-postgres"), port);
            var node = new PostgresNode(server, port, password);
            server.create(node.user(), password);
            node.resume();
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `jdbc:postgresql://127.0.0.1:port/postgres`.
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
    }

    /// Who may do everything.
    public String user() {
        return "jtask";
    }

    public String password() {
        return password;
    }

    /// Ends the server without warning, and every connection with it; what was committed stays for [#resume()].
    public void kill() {
        server.kill();
    }

    /// Starts a killed server again.
    public void resume() {
        server.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!server.isReady()) {
            if (!server.isRunning() || System.nanoTime() > end) {
                var log = server.log();
                close();
                throw new IllegalStateException("PostgreSQL did not start; its log ends with:\n" + log);
            }
            Pause.briefly();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
