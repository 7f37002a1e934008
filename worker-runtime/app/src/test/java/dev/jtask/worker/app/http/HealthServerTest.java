package dev.jtask.worker.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.worker.app.http.HealthServer.Pages;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What strangers on the network can do to the pages that decide whether the worker lives.
class HealthServerTest {

    private static final Duration PROBE = Duration.ofSeconds(3);
    private static final String HALF = "GET /livez HTTP/1.1\r\nHost: x\r\nX: ";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void answersWithReasons() throws Exception {
        try (var server = start(new Pages(List::of, () -> List.of("draining"), () -> "m 1\n"))) {
            assertThat(get(server, "/livez").body()).isEqualTo("alive\n");
            assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
            assertThat(get(server, "/readyz").body()).isEqualTo("not ready: draining\n");
            assertThat(get(server, "/metrics?x=1").body()).isEqualTo("m 1\n");
            assertThat(get(server, "/etc/passwd").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void clientsThatNeverEndTheirRequestSilenceNobody() throws Exception {
        var open = new ArrayList<Socket>();
        try (var server = start(well())) {
            for (int i = 0; i < 450; i++) {
                open.add(say(server, i % 2 == 0 ? HALF : ""));
                if (i % 150 == 149) {
                    assertThat(get(server, "/livez").statusCode()).isEqualTo(200);
                }
            }
        } finally {
            for (var socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void aRequestThatDripsIsEndedByItsDeadline() throws Exception {
        try (var server = start(well());
                var socket = say(server, HALF)) {
            socket.setSoTimeout(60_000);
            assertThat(text(socket.getInputStream())).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void whoDoesNotReadIsNoTroubleForOthers() throws Exception {
        var large = "x".repeat(8 << 20);
        try (var server = start(new Pages(List::of, List::of, () -> large));
                var deaf = say(server, "GET /metrics HTTP/1.1\r\n\r\n")) {
            assertThat(get(server, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(server, "/metrics").body()).hasSize(large.length());
            assertThat(deaf.isConnected()).isTrue();
        }
    }

    @Test
    void aPageThatHangsIsUnavailableAndHangsNoOther() throws Exception {
        var never = new CountDownLatch(1);
        try (var server = start(new Pages(List::of, List::of, () -> hang(never)))) {
            var metrics = http.sendAsync(request(server, "/metrics").build(), HttpResponse.BodyHandlers.ofString());
            assertThat(get(server, "/livez").statusCode()).isEqualTo(200);
            assertThat(metrics.join().statusCode()).isEqualTo(503);
        } finally {
            never.countDown();
        }
    }

    @Test
    void nonsenseDoesNoHarm() throws Exception {
        var random = new Random(7);
        try (var server = start(well())) {
            for (int i = 0; i < 500; i++) {
                var bytes = new byte[random.nextInt(1, 10_000)];
                random.nextBytes(bytes);
                try (var socket = say(server, i % 3 == 0 ? "GET " : i % 3 == 1 ? "\r\n\r\n" : "")) {
                    socket.getOutputStream().write(bytes);
                } catch (IOException e) {
                    assertThat(e).as("cut off, as it had sent too much").isInstanceOf(SocketException.class);
                }
            }
            assertThat(raw(server, "POST /livez HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 405");
            assertThat(raw(server, "hello\r\n\r\n")).startsWith("HTTP/1.1 400");
            assertThat(raw(server, "HEAD /livez HTTP/1.0\r\n\r\n")).endsWith("\r\n\r\n");
            assertThat(get(server, "/livez").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void metricsMayHaveAPortOfTheirOwnAndATokenThatChanges(@TempDir Path folder) throws Exception {
        var token = Files.writeString(folder.resolve("token"), "s3cret\n");
        var options = new HttpOptions("127.0.0.1", 0, OptionalInt.of(0), token);
        try (var server = HealthServer.start(options, well())) {
            assertThat(server.metricsPort()).isNotEqualTo(server.port());
            assertThat(get(server, "/metrics").statusCode()).isEqualTo(404);
            assertThat(metrics(server, null)).isEqualTo(401);
            assertThat(metrics(server, "Bearer s3cre")).isEqualTo(401);
            assertThat(metrics(server, "bearer s3cret")).isEqualTo(200);
            Files.writeString(token, "other");
            assertThat(metrics(server, "Bearer s3cret")).isEqualTo(401);
            Files.delete(token);
            assertThat(metrics(server, "Bearer other")).isEqualTo(503);
        }
    }

    @Test
    void anAddressThatCannotBeHadIsNamed() throws Exception {
        try (var server = start(well())) {
            var taken = new HttpOptions("127.0.0.1", server.port(), OptionalInt.empty(), null);
            assertThatThrownBy(() -> HealthServer.start(taken, well())).hasMessageContaining("JTASK_HTTP_PORT");
            var second = new HttpOptions("127.0.0.1", 0, OptionalInt.of(server.port()), null);
            assertThatThrownBy(() -> HealthServer.start(second, well())).hasMessageContaining("JTASK_METRICS_PORT");
            var nowhere = new HttpOptions("no.such.host.invalid", 0, OptionalInt.empty(), null);
            assertThatThrownBy(() -> HealthServer.start(nowhere, well())).hasMessageContaining("JTASK_HTTP_HOST");
        }
    }

    private static Pages well() {
        return new Pages(List::of, List::of, () -> "");
    }

    private static HealthServer start(Pages pages) throws IOException {
        return HealthServer.start(new HttpOptions("127.0.0.1", 0, OptionalInt.empty(), null), pages);
    }

    private static String hang(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "";
    }

    private HttpResponse<String> get(HealthServer server, String path) throws IOException, InterruptedException {
        return http.send(request(server, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private int metrics(HealthServer server, @Nullable String authorization) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(server.metricsPort())));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpRequest.Builder request(HealthServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)))
                .timeout(path.equals("/metrics") ? PROBE.multipliedBy(5) : PROBE);
    }

    private static Socket say(HealthServer server, String text) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String raw(HealthServer server, String text) throws IOException {
        try (var socket = say(server, text)) {
            return text(socket.getInputStream());
        }
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
}
