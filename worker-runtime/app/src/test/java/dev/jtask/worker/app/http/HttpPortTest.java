package dev.jtask.worker.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What becomes of the port while the process has no file left for one more connection.
class HttpPortTest {

    private static final String ASKS = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final List<Page> ALIVE = List.of(Page.of("/livez", request -> Answer.health(List.of(), "alive")));

    /// Half of the pause between two refusals, in nanoseconds.
    private static final long QUARTER = 250_000_000;

    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicBoolean full = new AtomicBoolean();

    @Test
    void whoIsInIsServedAndTheDoorIsNotTriedWithoutPause() throws IOException {
        try (var port = open();
                var inside = say(port, "GET /li")) {
            assertThat(ask(port)).contains("alive");
            full.set(true);
            try (var outside = say(port, ASKS)) {
                // the silent one makes room; then there is nobody who could
                await().atMost(Duration.ofSeconds(60)).until(() -> refusals.get() > 3);
                assertThat(inside.getInputStream().read()).as("let go").isNegative();
                int before = refusals.get();
                long began = System.nanoTime();
                await().atMost(Duration.ofSeconds(60))
                        .during(Duration.ofSeconds(2))
                        .until(() -> refusals.get() - before < 10 + (System.nanoTime() - began) / QUARTER);

                full.set(false);
                assertThat(text(outside)).contains("alive");
            }
            assertThat(ask(port)).contains("alive");
        }
    }

    private HttpPort open() throws IOException {
        return HttpPort.open(address(), ALIVE, entry -> () -> {
            if (full.get()) {
                refusals.incrementAndGet();
                throw new IOException("Too many open files");
            }
            return entry.accept();
        });
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static String ask(HttpPort port) throws IOException {
        try (var socket = say(port, ASKS)) {
            return text(socket);
        }
    }

    private static Socket say(HttpPort port, String text) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port.number());
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String text(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
