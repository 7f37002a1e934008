package dev.jtask.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.jtask.testing.Authority;
import dev.jtask.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An authorization server of a private authority: who is told the secret, and who is not.
@SuppressWarnings("NullAway.Init")
class TokenEndpointTlsTest {

    private static final Names NAMES = new Names("JTASK_OAUTH_TOKEN_URI", "THE_CLIENT", "THE_SCOPE");

    @TempDir
    private Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private Authority authority;
    private HttpsServer server;

    @BeforeEach
    void issue() {
        authority = Authority.create(folder, "ca");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void isAskedWhereTheAuthorityVouchesForIt() throws IOException {
        start(authority.issue("login", "IP:127.0.0.1"));
        assertThat(ask("127.0.0.1", authority.certificate()).text()).isEqualTo("abc");
    }

    @Test
    void isToldNothingWhereNobodyDoes() throws IOException {
        start(authority.issue("login", "IP:127.0.0.1"));
        assertThatThrownBy(() -> ask("127.0.0.1", null))
                .hasMessageContaining("give the one that does in JTASK_OAUTH_CA");
        var other = Authority.create(folder, "other").certificate();
        assertThatThrownBy(() -> ask("127.0.0.1", other))
                .hasMessageContaining("no authority in the file of JTASK_OAUTH_CA vouches for it");
        assertThatThrownBy(() -> ask("localhost", authority.certificate()))
                .as("another name")
                .hasMessageContaining("its certificate is for other names");
        assertThat(asked).hasValue(0);
    }

    @Test
    void isToldNothingOnceItsCertificateHasEnded() throws IOException {
        start(authority.issueExpired("login", "IP:127.0.0.1"));
        assertThatThrownBy(() -> ask("127.0.0.1", authority.certificate()))
                .hasMessageContaining("its certificate has ended; renew it there");
        assertThat(asked).hasValue(0);
    }

    private Token ask(String host, @Nullable Path ca) throws IOException {
        var uri = "https://%s:%d/token".formatted(host, server.getAddress().getPort());
        var trust = Trust.in(new TlsFiles(ca, null, null).withCaIn("JTASK_OAUTH_CA"));
        var grant = new Grant(Grant.endpoint(uri), "me", new Secret.Text("hunter2"), null, null, trust, NAMES);
        return new TokenEndpoint(grant, Clock.systemUTC(), Duration.ofSeconds(20)).ask();
    }

    private void start(Authority.Pair shown) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(
                new TlsFiles(null, shown.certificate(), shown.key()).contexts().get()));
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        var body = "{\"access_token\":\"abc\",\"expires_in\":300}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
