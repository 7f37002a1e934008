package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.oauth.OAuthLogin;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.TokenServer;
import dev.jtask.worker.app.WorkerProgram;
import dev.jtask.worker.registry.TaskClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logins with tokens of OAuth 2 at a broker that ends a connection when its token does.
@SuppressWarnings("NullAway.Init")
class OAuthIT {

    private static final String QUEUE = "oauth";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LIFE = Duration.ofSeconds(8);
    /// A fifth of it is left when a token is exchanged, which a busy machine may need.
    private static final Duration LONGER = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static TokenServer tokens;
    private static RabbitMqNode node;
    private static Path secret;

    private final LogTexts log = new LogTexts();

    @BeforeAll
    static void start() throws Exception {
        tokens = TokenServer.start();
        var key = tokens.publicKey(folder.resolve("issuer.pem"));
        node = RabbitMqNode.start(
                folder.resolve("node"),
                List.of("rabbitmq_auth_backend_oauth2"),
                recipe().replace("/etc/rabbitmq/issuer.pem", key.toString()));
        secret = folder.resolve("client-secret");
    }

    @AfterAll
    static void stop() {
        node.close();
        tokens.close();
    }

    @BeforeEach
    void listen() throws IOException {
        tokens.life(LIFE);
        tokens.audience(TokenServer.AUDIENCE);
        tokens.scopes(TokenServer.SCOPES);
        tokens.down(false);
        Files.writeString(secret, TokenServer.SECRET + "\n");
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void leave() throws IOException {
        Logger.getLogger("").removeHandler(log);
        assertThat(log.texts()).noneMatch(line -> line.contains("C4nary") || line.contains("eyJ"));
        try (var raw = new RawMessages(node)) {
            raw.delete(QUEUE);
        }
    }

    @Test
    void aWorkerAndAClientGoOnThroughTheEndsOfTheirTokens() throws Exception {
        tokens.life(LONGER);
        try (var worker = worker();
                var client = client(TokenServer.SECRET)) {
            await().atMost(SOON).until(worker::isReady);
            assertThat(client.send(add(1, 10)).get(SOON)).isEqualTo(11);
            var before = connections();
            int first = tokens.issued();
            var began = System.nanoTime();
            var end = began + LONGER.multipliedBy(5).dividedBy(2).toNanos();
            int runs = 0;
            while (System.nanoTime() < end) {
                assertThat(client.send(add(runs, 1)).get(SOON)).isEqualTo(runs + 1);
                runs++;
            }

            assertThat(connections()).isEqualTo(before);
            assertThat(Shown.by(worker, client)).noneMatch(line -> line.contains("C4nary") || line.contains("eyJ"));
            assertThat(Workers.metrics(worker)).contains("jtask_worker_reconnects_total 0.0");
            // one in four fifths of a life, for the worker with all its connections and for the client
            var lives = (System.nanoTime() - began) / (double) LONGER.toNanos();
            assertThat((double) tokens.issued() - first).isBetween(2.0 * Math.floor(lives), 3 * lives + 4);
            assertThat(runs).isGreaterThan(3);
        }
        int after = tokens.issued();
        await("nobody asks any more").during(LONGER.plusSeconds(1)).atMost(SOON).until(() -> tokens.issued() == after);
    }

    @Test
    void aServerThatIsDownForLongerThanATokenLivesIsOvercome() throws Exception {
        try (var worker = worker()) {
            await().atMost(SOON).until(worker::isReady);
            tokens.down(true);
            await().atMost(SOON)
                    .until(() -> troubles(worker).contains("it answers 503; correct JTASK_OAUTH_TOKEN_URI"));
            tokens.down(false);
            await().atMost(SOON).until(worker::isReady);
        }
    }

    @Test
    void aTokenThatTheBrokerDoesNotTakeIsExplainedAndReplaced() throws Exception {
        tokens.life(Duration.ofMinutes(10));
        tokens.audience("somebody-else");
        try (var worker = worker()) {
            await().atMost(SOON)
                    .until(() -> troubles(worker)
                            .contains("it does not take the token of client 'jtask' of " + tokens.uri()));
            assertThat(troubles(worker))
                    .contains("rabbitmq_auth_backend_oauth2", "JTASK_OAUTH_CLIENT_ID", "JTASK_OAUTH_AUDIENCE");

            tokens.audience(TokenServer.AUDIENCE);
            tokens.scopes("rabbitmq.read:other/*");
            await().atMost(SOON).until(() -> troubles(worker).contains("has no scope for vhost '/'"));
            assertThat(troubles(worker)).contains("JTASK_OAUTH_SCOPE");

            tokens.scopes(TokenServer.SCOPES);
            await().atMost(SOON).until(worker::isReady);
        }
    }

    @Test
    void aWrongSecretIsNamedAndReadAgain() throws Exception {
        Files.writeString(secret, "C4nary, but another");
        try (var worker = worker()) {
            await().atMost(SOON)
                    .until(
                            () -> troubles(worker)
                                    .contains(
                                            "it answers 401 invalid_client; correct JTASK_OAUTH_CLIENT_ID or JTASK_OAUTH_CLIENT_SECRET_FILE"));
            Files.writeString(secret, TokenServer.SECRET);
            await().atMost(SOON).until(worker::isReady);
        }
        assertThatThrownBy(() -> client("C4nary")).hasMessageContaining("correct the client's id or secret");
    }

    /// The lines for the broker.
    private static String recipe() throws IOException {
        return Pattern.compile("(?ms)^```ini\\n(.*?)^```$")
                .matcher(Files.readString(Path.of("../../docs/security.md")))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("auth_oauth2"))
                .findFirst()
                .orElseThrow();
    }

    private static WorkerProgram worker() throws IOException {
        return Workers.startAny(
                node,
                TaskClasses.of(new TestTasks()),
                QUEUE,
                "JTASK_BROKER_URI",
                uri(),
                "JTASK_OAUTH_TOKEN_URI",
                tokens.uri(),
                "JTASK_OAUTH_CLIENT_ID",
                "jtask",
                "JTASK_OAUTH_CLIENT_SECRET_FILE",
                secret.toString());
    }

    private static TaskClient client(String secret) {
        return TaskClient.builder(uri())
                .queue(QUEUE)
                .oauth(OAuthLogin.withSecret(tokens.uri(), "jtask", secret))
                .connect();
    }

    private static TaskRequest<Integer> add(int x, int y) {
        return TaskRequest.of("t.add", x, y).returning(Integer.class);
    }

    private static String uri() {
        return node.amqpUri().replace("guest:guest@", "");
    }

    private static String troubles(WorkerProgram worker) throws IOException {
        return Workers.get(worker.httpPort(), "/readyz").body();
    }

    private static List<String> connections() {
        return node.shell().connections("pid").lines().sorted().toList();
    }
}
