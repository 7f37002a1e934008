package dev.jtask.worker.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.jtask.worker.app.http.HealthServer.Pages;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Very many connections that say something wrong: nothing dies, hangs or grows. `make fuzz` opens 10,000.
class HttpFuzzTest {

    private static final int CONNECTIONS = Integer.getInteger("fuzz.http", 1_000);
    private static final int LOOK_EVERY = 200;
    private static final int MOST_OPEN = 100;
    private static final Duration PROBE = Duration.ofSeconds(3);
    private static final List<String> STARTS = List.of(
            "GET /livez HTTP/1.1\r\nHost: x\r\n",
            "GET /livez HTTP/1.1\r\n\r\n",
            "GET /metrics HTTP/1.0\r\n\r\nGET /readyz HTTP/1.1\r\n\r\n",
            "POST /livez HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "POST /livez HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
            "GET  /livez  HTTP/9.9\r\n\r\n",
            "GET http://elsewhere/livez HTTP/1.1\r\n\r\n",
            "GET /%00%ff/../../etc/passwd HTTP/1.1\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000",
            "\r\r\n\n\r\n",
            "GET /livez HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n",
            "");

    private final Random random = new Random(5);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ArrayDeque<Socket> open = new ArrayDeque<>();

    @Test
    @Timeout(300)
    void theProbesAreAnsweredAsBeforeAndNothingStaysOpen() throws Exception {
        var pages = new Pages(List::of, List::of, () -> "m 1\n".repeat(1_000));
        try (var server = HealthServer.start(new HttpOptions("127.0.0.1", 0, OptionalInt.empty(), null), pages)) {
            assertAlive(server);
            long files = files();
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();

            for (int i = 1; i <= CONNECTIONS; i++) {
                disturb(server);
                if (i % LOOK_EVERY == 0) {
                    assertAlive(server);
                }
            }

            while (!open.isEmpty()) {
                open.remove().close();
            }
            assertAlive(server);
            Awaitility.await("all connections are closed")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> files() <= files + 5);
            // the client's own end after a minute
            Awaitility.await("its threads are as many as before")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> ManagementFactory.getThreadMXBean().getThreadCount() <= threads + 5);
            System.out.printf("http: connections=%,d open files=%+d%n", CONNECTIONS, files() - files);
        }
    }

    private void disturb(HealthServer server) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        try {
            var out = socket.getOutputStream();
            out.write(STARTS.get(random.nextInt(STARTS.size())).getBytes(StandardCharsets.ISO_8859_1));
            if (random.nextInt(3) == 0) {
                var noise = new byte[random.nextInt(random.nextInt(20) == 0 ? 200_000 : 2_000)];
                random.nextBytes(noise);
                out.write(noise);
            }
        } catch (IOException e) {
            assertThat(socket.isConnected())
                    .as("cut off, as it had sent too much")
                    .isTrue();
        }
        switch (random.nextInt(4)) {
            case 0 -> {
                socket.setSoLinger(true, 0); // a reset instead of an end
                socket.close();
            }
            case 1 -> keep(socket);
            default -> socket.close();
        }
    }

    private void keep(Socket socket) throws IOException {
        open.add(socket);
        if (open.size() > MOST_OPEN) {
            open.remove().close();
        }
    }

    private void assertAlive(HealthServer server) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/livez".formatted(server.port())))
                .timeout(PROBE)
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).body()).isEqualTo("alive\n");
    }

    private static long files() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }
}
