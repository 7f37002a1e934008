package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.client.TaskClient;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.RedisNode;
import dev.jtask.testing.TokenServer;
import dev.jtask.worker.app.WorkerProgram;
import dev.jtask.worker.app.options.AppOptions;
import dev.jtask.worker.registry.TaskClasses;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker with credentials that can be told from everything else, in all that it shows of itself.
@RabbitMqTest
class CanaryIT {

    private static final String CANARY = "C4nary";
    private static final String PASSWORD = CANARY + "^:/?#[]@!$&'()*+,;=%\"<>\\|{}` ü";
    private static final String REDIS_PASSWORD = PASSWORD.replace(" ü", "");
    private static final String TOKEN = REDIS_PASSWORD;
    /// 32 bytes.
    private static final String KEY = Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString((CANARY + "-key-for-encryption-012345").getBytes(StandardCharsets.UTF_8));

    private static final String QUEUE = "canary";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    private final LogTexts log = new LogTexts();
    private final RabbitMqNode node;

    CanaryIT(RabbitMqNode node) {
        this.node = node;
    }

    @BeforeEach
    void enrol() throws IOException {
        var user = "{\"password\": %s, \"tags\": \"\"}".formatted(TextNode.valueOf(PASSWORD));
        // its connection may be an old one, which the broker has closed
        await().atMost(SOON).ignoreExceptions().until(() -> {
            node.view().send("PUT", "/api/users/bird", user);
            return true;
        });
        node.users().permit("bird", ".*", ".*", ".*");
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void leave() throws IOException {
        Logger.getLogger("").removeHandler(log);
        node.users().delete("bird");
        try (var raw = new RawMessages(node)) {
            raw.delete(QUEUE);
        }
    }

    @Test
    void aWorkerThatWorksShowsNone() throws Exception {
        try (var redis = redis();
                var tap = new Tap(node);
                var worker = Workers.start(
                        node,
                        new TestTasks(),
                        QUEUE,
                        "JTASK_BROKER_URI",
                        uri(PASSWORD),
                        "JTASK_RESULT_BACKEND",
                        redis(redis, REDIS_PASSWORD),
                        "JTASK_KEYS_FILE",
                        keys().toString(),
                        "JTASK_METRICS_TOKEN_FILE",
                        token().toString(),
                        "JTASK_EVENTS",
                        "true");
                var client = TaskClient.builder(node.amqpUri())
                        .queue(QUEUE)
                        .resultBackend(redis(redis, REDIS_PASSWORD))
                        .connect()) {
            assertThat(client.send("t.add", 1, 2).get(SOON).intValue()).isEqualTo(3);
            assertThatThrownBy(() -> client.send("t.fail", "no paper").get(SOON))
                    .satisfies(e -> assertThat(LogTexts.trace(e)).doesNotContain(CANARY));
            await("by remote control")
                    .atMost(SOON)
                    .until(() -> !client.workers().inspect().conf().isEmpty());
            await("an event")
                    .atMost(SOON)
                    .until(() -> tap.seen().stream().anyMatch(seen -> seen.contains("task-failed")));

            assertThat(Shown.by(worker, client)).noneMatch(CanaryIT::shows);
            assertThat(metrics(worker, TOKEN)).contains("jtask_worker_slots").doesNotContain(CANARY);
            assertThat(metrics(worker, TOKEN + "x")).doesNotContain("jtask_worker_slots", CANARY);
            assertThat(tap.seen()).noneMatch(CanaryIT::shows);
        }
        assertThat(log.texts()).isNotEmpty().noneMatch(CanaryIT::shows);
    }

    @Test
    void aWorkerThatIsNotLetInShowsNone() throws Exception {
        try (var worker = Workers.startAny(
                node, TaskClasses.of(new TestTasks()), QUEUE, "JTASK_BROKER_URI", uri(PASSWORD + "wrong"))) {
            await().atMost(SOON)
                    .until(() -> log.texts().stream()
                            .anyMatch(line -> line.contains("it has no user 'bird' with this password")));
            assertThat(Shown.by(worker)).noneMatch(CanaryIT::shows);
        }
        assertThat(log.texts()).noneMatch(line -> line.contains(CANARY));
    }

    @Test
    void aWorkerWhoseResultsAreNotTakenShowsNone() throws Exception {
        try (var redis = redis()) {
            var wrong = redis(redis, REDIS_PASSWORD + "wrong");
            try (var worker =
                    Workers.startAny(node, TaskClasses.of(new TestTasks()), QUEUE, "JTASK_RESULT_BACKEND", wrong)) {
                await().atMost(SOON)
                        .until(() ->
                                Workers.get(worker.httpPort(), "/readyz").body().contains("does not let us in"));
                assertThat(Shown.by(worker)).noneMatch(CanaryIT::shows);
            }
            assertThatThrownBy(() -> TaskClient.builder(node.amqpUri())
                            .queue(QUEUE)
                            .resultBackend(wrong)
                            .connect())
                    .hasMessageContaining("does not let us in")
                    .satisfies(e -> assertThat(LogTexts.trace(e)).doesNotContain(CANARY));
        }
        assertThat(log.texts()).isNotEmpty().noneMatch(CanaryIT::shows);
    }

    /// The broker has no plugin for tokens.
    @Test
    void aWorkerWhoseTokenIsNotTakenShowsNeitherItNorTheSecretForIt() throws Exception {
        try (var tokens = TokenServer.start();
                var worker = Workers.startAny(
                        node,
                        TaskClasses.of(new TestTasks()),
                        QUEUE,
                        "JTASK_BROKER_URI",
                        node.amqpUri().replace("guest:guest@", ""),
                        "JTASK_OAUTH_TOKEN_URI",
                        tokens.uri(),
                        "JTASK_OAUTH_CLIENT_ID",
                        TokenServer.CLIENT,
                        "JTASK_OAUTH_CLIENT_SECRET",
                        TokenServer.SECRET)) {
            await().atMost(SOON)
                    .until(() ->
                            Workers.get(worker.httpPort(), "/readyz").body().contains("does not take the token"));
            assertThat(tokens.issued()).isPositive();
            assertThat(Shown.by(worker)).noneMatch(CanaryIT::shows);
        }
        assertThat(log.texts()).isNotEmpty().noneMatch(CanaryIT::shows);
    }

    @Test
    void theListOfProcessesDoesNotShowWhatAWorkerHasInItsEnvironment() throws Exception {
        try (var redis = redis();
                var worker = WorkerProcess.start(
                        folder,
                        node,
                        Map.of(
                                "JTASK_BROKER_URI",
                                uri(PASSWORD),
                                "JTASK_RESULT_BACKEND",
                                redis(redis, REDIS_PASSWORD),
                                "JTASK_QUEUES",
                                QUEUE))) {
            await("it has read its environment")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> worker.log().contains("slots for [" + QUEUE));
            assertThat(Shown.processes())
                    .anyMatch(line -> line.contains("dev.jtask.worker.app.Main"))
                    .noneMatch(CanaryIT::shows);
            assertThat(worker.log()).doesNotContain(CANARY);
        }
    }

    @Test
    void aValueThatCannotBeReadIsNotShown() {
        for (var variable : List.of("JTASK_BROKER_URI", "JTASK_RESULT_BACKEND", "JTASK_OAUTH_TOKEN_URI")) {
            for (var scheme : List.of("amqp", "redis", "rediss", "http", "")) {
                for (var password : List.of(PASSWORD, PASSWORD.replace("@", ""), CANARY)) {
                    for (var rest : List.of("@h:port/x", "@", "", "%40h:6379/0", "@h/v?x=" + CANARY, "@[::1")) {
                        notShown(variable, scheme + "://u:" + password + rest);
                    }
                }
                notShown(variable, scheme + "://h/0?password=" + CANARY);
                notShown(variable, scheme + "://h/0?" + CANARY);
                notShown(variable, scheme + "://:" + CANARY);
            }
            notShown(variable, CANARY);
        }
    }

    private static void notShown(String variable, String value) {
        var environment = Map.of(variable, value, "JTASK_OAUTH_CLIENT_ID", "me", "JTASK_OAUTH_CLIENT_SECRET", CANARY);
        try {
            assertThat(AppOptions.fromEnvironment(environment).toString())
                    .as(value)
                    .doesNotContain(CANARY);
        } catch (IllegalArgumentException e) {
            assertThat(LogTexts.trace(e)).as(value).doesNotContain(CANARY);
        }
    }

    @Test
    void keysThatCannotBeReadAreNotShown() throws IOException {
        for (var text :
                List.of(KEY, "{\"keys\": [{\"kty\": \"oct\", \"k\": \"%s\"}]}".formatted(KEY), "{\"keys\": [" + KEY)) {
            var file = Files.writeString(folder.resolve("wrong.json"), text);
            assertThatThrownBy(() -> Workers.startAny(
                            node, TaskClasses.of(new TestTasks()), QUEUE, "JTASK_KEYS_FILE", file.toString()))
                    .hasMessageContaining("wrong.json")
                    .satisfies(e -> assertThat(LogTexts.trace(e)).doesNotContain(KEY));
        }
        assertThat(log.texts()).noneMatch(CanaryIT::shows);
    }

    /// A token begins as the JSON of its header does in base64.
    private static boolean shows(String text) {
        return text.contains(CANARY) || text.contains(KEY) || text.contains("eyJ");
    }

    private static RedisNode redis() throws IOException {
        var redis = RedisNode.start();
        assertThat(redis.ask("ACL", "SETUSER", "bird", "on", ">" + REDIS_PASSWORD, "~*", "&*", "+@all"))
                .isEqualTo("OK");
        return redis;
    }

    private static String redis(RedisNode redis, String password) {
        return redis.uri().replace("redis://", "redis://bird:%s@".formatted(password.replace("%", "%25")));
    }

    private static String metrics(WorkerProgram worker, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(worker.httpPort())))
                .header("Authorization", "Bearer " + token)
                .timeout(SOON)
                .build();
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private Path token() throws IOException {
        return Files.writeString(folder.resolve("metrics-token"), TOKEN);
    }

    private Path keys() throws IOException {
        return Files.writeString(
                folder.resolve("keys.json"),
                "{\"keys\": [{\"kty\": \"oct\", \"kid\": \"a\", \"use\": \"enc\", \"k\": \"%s\"}]}".formatted(KEY));
    }

    private String uri(String password) {
        var encoded = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
        return node.amqpUri().replace("guest:guest", "bird:" + encoded);
    }
}
