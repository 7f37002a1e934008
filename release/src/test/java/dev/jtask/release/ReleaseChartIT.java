package dev.jtask.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against Debian's registry, on a free port of the loopback.
class ReleaseChartIT {

    private static final Path CHART = Path.of("../helm/jtask");
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void isPulledAsItWasPushedWithTheOperatorByDigest() throws Exception {
        int port = free();
        var registry = start(port);
        try {
            await().atMost(SOON).until(() -> answer(port, "/v2/").equals("200 {}"));
            var chart = new ReleaseChart("1.2.3", "127.0.0.1:%d/acme".formatted(port), DIGEST);
            var archive = chart.packaged(CHART, folder.resolve("out"));

            assertThat(chart.pushed(archive, true)).contains("/acme/charts/jtask:1.2.3");
            assertThat(answer(port, "/v2/acme/charts/jtask/manifests/1.2.3"))
                    .startsWith("200")
                    .contains("application/vnd.cncf.helm.chart.content.v1.tar+gzip");
            assertThat(folder.resolve("out/jtask/values.yaml"))
                    .content()
                    .contains("repository: 127.0.0.1:%d/acme/jtask-operator".formatted(port))
                    .contains("digest: \"%s\"".formatted(DIGEST));
            assertThat(folder.resolve("out/jtask/Chart.yaml"))
                    .content()
                    .contains("\nversion: 1.2.3\n")
                    .contains("\nappVersion: 1.2.3\n");
        } finally {
            registry.destroyForcibly().waitFor();
        }
    }

    @Test
    void aDigestThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new ReleaseChart("1.2.3", "ghcr.io/acme", "latest"))
                .hasMessageContaining("'latest' is no digest of an image");
    }

    private Process start(int port) throws IOException {
        var settings = folder.resolve("registry.yml");
        Files.writeString(settings, """
                version: 0.1
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(folder.resolve("registry"), port));
        return new ProcessBuilder("docker-registry", "serve", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
    }

    private static String answer(int port, String path) throws InterruptedException {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                    .header("Accept", "application/vnd.oci.image.manifest.v1+json")
                    .timeout(SOON)
                    .build();
            var response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() + " " + response.body().strip();
        } catch (IOException e) {
            return "not yet: " + e.getMessage();
        }
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
