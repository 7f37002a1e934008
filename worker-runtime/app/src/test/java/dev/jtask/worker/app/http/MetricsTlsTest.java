package dev.jtask.worker.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.testing.Authority;
import dev.jtask.tls.TlsFiles;
import dev.jtask.worker.app.http.HealthServer.Pages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Figures over TLS, and what that must not cost the probes.
@SuppressWarnings("NullAway.Init")
class MetricsTlsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Authority authority;
    private Authority.Pair pair;

    @BeforeEach
    void issue() {
        authority = Authority.create(folder, "ca");
        pair = authority.issue("worker", "IP:127.0.0.1");
    }

    @Test
    void figuresAreReadOverTlsWhileProbesStayPlain() throws Exception {
        try (var server = start("busy 1\n")) {
            assertThat(metrics(server, authority).body()).isEqualTo("busy 1\n");
            assertThat(secured(server, authority, "/livez").statusCode()).isEqualTo(404);
            assertThat(plain(server, "/livez")).isEqualTo(200);
            assertThat(plain(server, "/metrics")).isEqualTo(404);
        }
    }

    @Test
    void aRenewedCertificateIsShownToTheNextVisitor() throws Exception {
        var successor = Authority.create(folder, "successor");
        try (var server = start("busy 1\n")) {
            assertThatThrownBy(() -> metrics(server, successor)).isInstanceOf(SSLException.class);

            Files.copy(
                    successor.issue("worker", "IP:127.0.0.1").certificate(),
                    pair.certificate(),
                    StandardCopyOption.REPLACE_EXISTING);
            assertThat(metrics(server, authority).statusCode())
                    .as("its key is not there yet")
                    .isEqualTo(200);

            successor.issue("worker", "IP:127.0.0.1").replace(pair);
            assertThat(metrics(server, successor).statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> metrics(server, authority)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void silentAndPlainVisitorsSilenceNeitherProbesNorFigures() throws Exception {
        var open = new ArrayList<Socket>();
        try (var server = start("x".repeat(4 << 20))) {
            for (int i = 0; i < 80; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.metricsPort());
                open.add(socket);
                if (i % 2 == 0) {
                    socket.getOutputStream().write("GET /metrics HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
            await().atMost(SOON).until(() -> plain(server, "/livez") == 200);
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> metrics(server, authority).body().length() == 4 << 20);
        } finally {
            for (var socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void aPortOfItsOwnAndUsableFilesAreNeeded() throws Exception {
        var files = new TlsFiles(null, pair.certificate(), pair.key());
        assertThatThrownBy(() -> new HttpOptions("127.0.0.1", 0, OptionalInt.empty(), null, files))
                .hasMessageContaining("set JTASK_METRICS_PORT");
        Files.writeString(pair.key(), "no key");
        assertThatThrownBy(() -> start(""))
                .hasMessageContaining("JTASK_METRICS_TLS_KEY")
                .hasMessageContaining("holds no private key");
        authority.issue("other", "IP:127.0.0.1");
        Files.copy(folder.resolve("ca.crt-other.key"), pair.key(), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> start("")).hasMessageContaining("is not the key of the certificate in");
    }

    private HealthServer start(String figures) throws IOException {
        var files = new TlsFiles(null, pair.certificate(), pair.key());
        return HealthServer.start(
                new HttpOptions("127.0.0.1", 0, OptionalInt.of(0), null, files),
                new Pages(List::of, List::of, () -> figures));
    }

    private static HttpResponse<String> metrics(HealthServer server, Authority trusted) throws Exception {
        return secured(server, trusted, "/metrics");
    }

    private static HttpResponse<String> secured(HealthServer server, Authority trusted, String path) throws Exception {
        try (var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(new TlsFiles(trusted.certificate(), null, null).context())
                .build()) {
            return http.send(request("https", server.metricsPort(), path), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static int plain(HealthServer server, String path) throws Exception {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request("http", server.port(), path), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static HttpRequest request(String scheme, int port, String path) {
        return HttpRequest.newBuilder(URI.create("%s://127.0.0.1:%d%s".formatted(scheme, port, path)))
                .timeout(SOON)
                .build();
    }
}
