package dev.jtask.operator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.jtask.operator.fake.Pods;
import dev.jtask.protocol.tls.PemTls;
import dev.jtask.testing.Authority;
import dev.jtask.testing.IssuedCertificates;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Workers that show their figures over TLS, beside one that does not.
@SuppressWarnings("NullAway.Init")
class SecuredReportsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Authority authority;
    private HttpsServer secured;
    private HttpServer plain;

    @BeforeEach
    void start() throws IOException {
        authority = Authority.create(folder, "ca");
        // as cert-manager gives it to a Deployment: no address in it
        secured = HttpsServer.create(anyPort(), 0);
        shows(authority.issue("worker", "DNS:worker"));
        answerAndStart(secured, 3);
        plain = HttpServer.create(anyPort(), 0);
        answerAndStart(plain, 5);
    }

    @AfterEach
    void stop() {
        secured.stop(0);
        plain.stop(0);
    }

    @Test
    void areReadWhereTheAuthorityVouchesForThemBesideThoseWithoutTls() {
        var reports = trusting(authority.certificate());

        assertThat(busy(reports, overTls())).contains(3);
        assertThat(busy(reports, inPlain())).contains(5);
    }

    @Test
    void areNotReadWhereNobodyVouchesForThem() {
        var other = Authority.create(folder, "other");
        assertThat(busy(trusting(other.certificate()), overTls()))
                .as("another authority")
                .isEmpty();
        var without = HttpWorkerReports.plain(port(plain), PATIENCE);
        assertThat(busy(without, overTls())).as("none").isEmpty();
        assertThat(busy(without, inPlain())).contains(5);
    }

    @Test
    void areNotReadByAnExpiredCertificate() throws IOException {
        showsInstead(authority.issueExpired("worker", "DNS:worker"), 3);

        assertThat(busy(trusting(authority.certificate()), overTls())).isEmpty();
    }

    @Test
    void areReadByTheAuthoritysSuccessorWithoutARestart() throws IOException {
        var trust = Files.copy(authority.certificate(), folder.resolve("trust.crt"));
        var reports = trusting(trust);
        assertThat(busy(reports, overTls())).contains(3);

        var next = Authority.create(folder, "next");
        showsInstead(next.issue("worker", "DNS:worker"), 4);
        assertThat(busy(reports, overTls())).isEmpty();

        Files.copy(next.certificate(), trust, StandardCopyOption.REPLACE_EXISTING);
        assertThat(busy(reports, overTls())).contains(4);
        Files.writeString(trust, "half of a certif");
        assertThat(busy(reports, overTls())).as("in the midst of an exchange").contains(4);

        Files.copy(next.certificate(), trust, StandardCopyOption.REPLACE_EXISTING);
        showsInstead(authority.issue("worker", "DNS:worker"), 3);
        assertThat(busy(reports, overTls())).as("revoked").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"server auth,true", "client auth,false"})
    void areReadByTheCertificateOfAServerAloneWhateverItsName(String usage, boolean read) throws IOException {
        var issued = new IssuedCertificates(
                folder,
                List.of(
                        manifest("Issuer", "self-signed", Map.of("selfSigned", Map.of())),
                        manifest(
                                "Certificate",
                                "workers-ca",
                                Map.of("isCA", true, "commonName", "ca", "issuerRef", Map.of("name", "self-signed"))),
                        manifest("Issuer", "workers-ca", Map.of("ca", Map.of("secretName", "workers-ca"))),
                        manifest(
                                "Certificate",
                                "worker",
                                Map.of(
                                        "dnsNames",
                                        List.of("elsewhere.example"),
                                        "usages",
                                        List.of(usage),
                                        "issuerRef",
                                        Map.of("name", "workers-ca")))));
        var mounted = issued.mount("worker");
        showsInstead(new Authority.Pair(mounted.resolve("tls.crt"), mounted.resolve("tls.key")), 6);

        assertThat(busy(trusting(mounted.resolve("ca.crt")), overTls()).isPresent())
                .isEqualTo(read);
    }

    private static Map<String, Object> manifest(String kind, String name, Map<String, Object> spec) {
        return Map.of("apiVersion", "cert-manager.io/v1", "kind", kind, "metadata", Map.of("name", name), "spec", spec);
    }

    @Test
    void aPodThatSaysItHasTlsIsNeverAskedWithoutIt() {
        var pod = pod(port(plain), "/etc/metrics/tls.crt");

        // a server without TLS waits for the rest of what it takes for a request
        var reports = HttpWorkerReports.trusting(port(plain), authority.certificate(), Duration.ofSeconds(2));
        assertThat(busy(reports, pod)).isEmpty();
        assertThat(busy(HttpWorkerReports.plain(port(plain), PATIENCE), pod)).isEmpty();
    }

    @Test
    void aFileThatCannotBeUsedIsNamed() throws IOException {
        assertThatThrownBy(() -> trusting(folder.resolve("none.crt")))
                .hasMessageContaining("JTASK_OPERATOR_WORKER_CA")
                .hasMessageContaining("none.crt");
        var empty = Files.writeString(folder.resolve("empty.crt"), "nothing");
        assertThatThrownBy(() -> trusting(empty)).hasMessageContaining("empty.crt");
    }

    private HttpWorkerReports trusting(Path file) {
        return HttpWorkerReports.trusting(port(plain), file, PATIENCE);
    }

    private Pod overTls() {
        return pod(port(secured), "/etc/metrics/tls.crt");
    }

    private Pod inPlain() {
        return pod(port(plain), "");
    }

    private static Optional<Integer> busy(WorkerReports reports, Pod pod) {
        return reports.of(pod, Set.of()).map(report -> report.busySlots());
    }

    private void shows(Authority.Pair pair) throws IOException {
        secured.setHttpsConfigurator(new HttpsConfigurator(
                PemTls.context(null, PemTls.identity(text(pair.certificate()), text(pair.key())))));
    }

    private void showsInstead(Authority.Pair pair, int busy) throws IOException {
        secured.stop(0);
        secured = HttpsServer.create(anyPort(), 0);
        shows(pair);
        answerAndStart(secured, busy);
    }

    private static void answerAndStart(HttpServer server, int busy) {
        server.createContext("/metrics", exchange -> answer(exchange, busy));
        server.start();
    }

    private static void answer(HttpExchange exchange, int busy) throws IOException {
        try (exchange) {
            var body = "jtask_worker_busy_slots %d.0\n".formatted(busy).getBytes(StandardCharsets.US_ASCII);
            // so that each question is a handshake
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static PemTls.Text text(Path file) throws IOException {
        return new PemTls.Text(Files.readString(file), file.toString());
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static int port(HttpServer server) {
        return server.getAddress().getPort();
    }

    private static Pod pod(int port, String certificate) {
        return Pods.showing(
                Map.of("JTASK_METRICS_PORT", Integer.toString(port), "JTASK_METRICS_TLS_CERT", certificate));
    }
}
