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

/// A server that speaks one version of TLS and no other, be it one that nobody should speak any more; needs `openssl`.
public final class OldTlsServer implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;
    /// Without it the old ones find no cipher that openssl still allows.
    private static final List<String> ANY_CIPHER = List.of("-cipher", "ALL:@SECLEVEL=0");

    private final Process process;
    private final int port;
    private final String version;

    private OldTlsServer(Process process, int port, String version) {
        this.process = process;
        this.port = port;
        this.version = version;
    }

    /// @param folder for its log
    /// @param version in openssl's words, such as `tls1_1`
    public static OldTlsServer start(Path folder, Authority.Pair shown, String version) {
        int port = FreePorts.take(1).get(0);
        var command = new ArrayList<>(List.of("openssl", "s_server", "-www", "-" + version));
        command.addAll(List.of("-accept", "127.0.0.1:" + port));
        command.addAll(List.of(
                "-cert", shown.certificate().toString(), "-key", shown.key().toString()));
        command.addAll(ANY_CIPHER);
        var log = folder.resolve("s_server.log");
        try {
            var process = Children.start(command, Map.of("PATH", System.getenv("PATH")), folder, log);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!isOpen(port)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("openssl does not listen: " + Files.readString(log));
                }
                Pause.briefly();
            }
            return new OldTlsServer(process, port, version);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run openssl (Debian: apt-get install openssl)", e);
        }
    }

    public int port() {
        return port;
    }

    /// What a visitor who does not mind its age hears of the connection.
    public String greeting() throws IOException {
        var command = new ArrayList<>(List.of("openssl", "s_client", "-brief", "-" + version));
        command.addAll(List.of("-connect", "127.0.0.1:" + port));
        command.addAll(ANY_CIPHER);
        var visitor = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var question = visitor.getOutputStream()) {
            question.write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return new String(visitor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static boolean isOpen(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
