package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What web pages and other users of this machine get to see.
class DoorkeeperTest {

    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final URI url = URI.create(kubernetes.url());
    private final String token = "Authorization: Bearer " + kubernetes.token();

    @AfterEach
    void close() {
        kubernetes.close();
    }

    @Test
    void letsInWhoKnowsTheToken() throws IOException {
        assertThat(ask("Host: 127.0.0.1:" + url.getPort(), token)).isEqualTo(200);
        assertThat(ask("Host: localhost", token)).isEqualTo(200);
        assertThat(ask("Host: localhost", token, "Origin: http://localhost")).isEqualTo(200);
        assertThat(kubernetes.kubeconfig()).contains(kubernetes.token());
    }

    @Test
    void letsInNobodyElse() throws IOException {
        assertThat(ask("Host: 127.0.0.1")).isEqualTo(401);
        assertThat(ask("Host: 127.0.0.1", "Authorization: Bearer local")).isEqualTo(401);
        assertThat(ask("Host: 127.0.0.1", "Authorization: Basic " + kubernetes.token()))
                .isEqualTo(401);
    }

    @Test
    void letsInNoWebPageEvenWithTheToken() throws IOException {
        assertThat(ask("Host: 127.0.0.1", token, "Origin: https://evil.test")).isEqualTo(403);
        assertThat(ask("Host: 127.0.0.1", token, "Origin: null")).isEqualTo(403);
        assertThat(ask("Host: 127.0.0.1:80", token, "Origin: http://127.0.0.1:3000"))
                .isEqualTo(403);
        assertThat(ask("Host: evil.test:" + url.getPort(), token)).isEqualTo(403);
        assertThat(ask("Host: 127.0.0.1.evil.test", token)).isEqualTo(403);
    }

    @Test
    void theTokenIsNewForEachRun() {
        try (var other = EmbeddedKubernetes.start()) {
            assertThat(other.token()).hasSize(48).isNotEqualTo(kubernetes.token());
        }
    }

    /// By hand, since Java's client lets nobody set Host and Origin.
    private int ask(String... headers) throws IOException {
        var body = "{}";
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            var request =
                    "GET /api/v1/namespaces/default/pods HTTP/1.1\r\n%s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                            .formatted(String.join("\r\n", headers), body.length(), body);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(answer.substring(9));
        }
    }
}
