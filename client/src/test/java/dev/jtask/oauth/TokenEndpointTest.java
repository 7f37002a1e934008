package dev.jtask.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jtask.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an authorization server may answer.
@SuppressWarnings("NullAway.Init")
class TokenEndpointTest {

    private static final Names NAMES = new Names("THE_URI", "THE_CLIENT", "THE_SCOPE");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private volatile Answers answers = exchange -> answer(exchange, 500, "");

    private interface Answers {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            try (exchange) {
                answers.to(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void saysWhoItIsAndWhatItWantsAsTheStandardHasIt() throws IOException {
        answers = exchange -> answer(exchange, 200, "{\"access_token\":\"abc\",\"expires_in\":300,\"more\":[]}");
        var secret = Files.writeString(folder.resolve("secret"), "s:+ü\n");
        var token = endpoint(grant(new Secret.InFile(secret))
                        .withScope("a.read:*/* b")
                        .withAudience("mq"))
                .ask();

        assertThat(token.text()).isEqualTo("abc");
        assertThat(token.life()).isEqualTo(Duration.ofSeconds(299));
        var login = Base64.getEncoder().encodeToString("me%3A:s%3A%2B%C3%BC".getBytes(StandardCharsets.US_ASCII));
        assertThat(asked)
                .containsExactly("/token?x=y Basic " + login
                        + " grant_type=client_credentials&scope=a.read%3A*%2F*+b&audience=mq");

        Files.writeString(secret, "next");
        endpoint(grant(new Secret.InFile(secret))).ask();
        assertThat(asked.toString())
                .contains(Base64.getEncoder().encodeToString("me%3A:next".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aRefusalNamesWhatToCorrect() {
        for (var each : new String[][] {
            {"401", "{\"error\":\"invalid_client\"}", "it answers 401 invalid_client; correct THE_CLIENT"},
            {"401", "<html>", "it answers 401; correct THE_CLIENT"},
            {"400", "{\"error\":\"invalid_scope\"}", "it answers 400 invalid_scope; correct THE_SCOPE"},
            {"404", "", "it answers 404; correct THE_URI"},
            {"400", "{\"error\":\"hunter2 hunter2\"}", "it answers 400; correct THE_URI"},
            {"302", "", "it answers 302; correct THE_URI"},
            {"200", "[]", "has no access_token with an expires_in above 0; correct THE_URI"},
            {"200", "{\"access_token\":\"a\"}", "has no access_token with an expires_in above 0"},
            {"200", "{\"access_token\":\"a\",\"expires_in\":-1}", "has no access_token with an expires_in above 0"},
            {"200", "x".repeat(70_000), "it answers with more than 65536 bytes; correct THE_URI"}
        }) {
            answers = exchange -> answer(exchange, Integer.parseInt(each[0]), each[1]);
            assertThatThrownBy(() -> endpoint(grant(new Secret.Text("hunter2"))).ask())
                    .as(each[1])
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("client 'me:' from http://127.0.0.1:"
                            + server.getAddress().getPort() + "/token: ")
                    .hasMessageContaining(each[2])
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void aRedirectionIsNotFollowed() {
        answers = exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            answer(exchange, 307, "");
        };
        assertThatThrownBy(() -> endpoint(grant(new Secret.Text("s"))).ask())
                .hasMessageContaining("it answers 307; correct THE_URI");
        assertThat(asked).hasSize(1);
    }

    @Test
    void isNotWaitedForWithoutEnd() {
        answers = exchange -> end.await();
        assertThatThrownBy(() -> impatient().ask()).hasMessageContaining("THE_URI");
        answers = exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            end.await();
        };
        assertThatThrownBy(() -> impatient().ask()).hasMessageContaining("it does not answer within 1 s");
    }

    @Test
    void aSecretThatCannotBeReadAndAServerThatIsGoneAreNamed() {
        assertThatThrownBy(() -> endpoint(grant(new Secret.InFile(folder.resolve("none"))))
                        .ask())
                .hasMessageContaining("none cannot be read as text; correct THE_CLIENT");
        server.stop(0);
        assertThatThrownBy(() -> endpoint(grant(new Secret.Text("s"))).ask()).hasMessageContaining("correct THE_URI");
    }

    @Test
    void noSecretGoesOutInPlaintext() {
        for (var uri :
                new String[] {"http://idp.example/token", "idp.example", "https://a:b@idp.example/", "ftp://h/", "::"
                }) {
            assertThatThrownBy(() -> OAuthLogin.withSecret(uri, "me", "hunter2"))
                    .as(uri)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("https://host/path");
        }
        assertThat(OAuthLogin.withSecret("https://idp.example/t?key=hunter2", "me", "hunter2"))
                .hasToString("client 'me' of https://idp.example/t");
    }

    private Grant grant(Secret secret) {
        var uri = "http://127.0.0.1:%d/token?x=y".formatted(server.getAddress().getPort());
        return new Grant(Grant.endpoint(uri), "me:", secret, null, null, Trust.in(TlsFiles.NONE), NAMES);
    }

    private TokenEndpoint impatient() {
        return new TokenEndpoint(grant(new Secret.Text("s")), Clock.systemUTC(), Duration.ofSeconds(1));
    }

    private static TokenEndpoint endpoint(Grant grant) {
        return new TokenEndpoint(grant, Clock.systemUTC(), PATIENCE);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
