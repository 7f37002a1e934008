package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.client.TaskClient;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.seal.AuthFiles;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.process.Children;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Celery's own `auth` serializer on one side, jtask on the other.
@RabbitMqTest
@SuppressWarnings("NullAway.Init")
class AuthSerializerIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    Path folder;

    private final String queue = "auth-" + UUID.randomUUID();
    private RabbitMqNode node;
    private Path store;
    private AuthFiles java;

    @BeforeEach
    void issue(RabbitMqNode broker) throws IOException {
        node = broker;
        store = Files.createDirectory(folder.resolve("store"));
        java = identity("java", "/C=DE/O=Shop, Inc./CN=java");
        identity("python", "/O=Reports/CN=python/emailAddress=py@shop");
        for (var name : List.of("java", "python")) {
            Files.copy(folder.resolve(name + ".crt"), store.resolve(name + ".pem"));
        }
    }

    @AfterEach
    void clean() throws IOException {
        try (var raw = new RawMessages(node)) {
            raw.delete(queue);
            raw.delete(queue + ".dead");
        }
    }

    @Test
    void celeryCallsAJavaWorkerThatBelievesItsCertificate() throws Exception {
        try (var _ = worker("JTASK_SIGNATURES", "require");
                var plain = TaskClient.builder(node.amqpUri()).queue(queue).connect()) {
            var saw = call();

            assertThat(saw.get("add")).hasToString("10");
            assertThat(saw.get("gzip")).hasToString("11");
            assertThat(saw.get("retry")).hasToString("2");
            assertThat(saw).containsEntry("text", TextNode.valueOf("Grüße, 世界"));
            assertThat(saw.get("fail")).hasToString("[\"IllegalStateException\",\"no such order\"]");
            assertThat(saw.get("chain")).hasToString("13");

            plain.send("t.add", 1, 2);
            await().atMost(SOON).until(() -> plain.deadLetters(queue).list().size() == 1);
            assertThat(plain.deadLetters(queue).list().getFirst().reason()).contains("not signed");
        }
    }

    @Test
    void aCertificateThatIsNotInTheStoreIsNotBelieved() throws Exception {
        Files.delete(store.resolve("python.pem"));
        try (var _ = worker();
                var client = TaskClient.builder(node.amqpUri()).queue(queue).connect()) {
            var process = Children.start(List.of(PYTHON, "signed.py"), environment(), python(), folder.resolve("log"));
            try {
                await().atMost(SOON)
                        .ignoreExceptions()
                        .until(() -> !client.deadLetters(queue).list().isEmpty());
            } finally {
                process.destroy();
            }
            assertThat(client.deadLetters(queue).list().getFirst().reason())
                    .startsWith("the message is signed by 'Reports python py@shop ")
                    .endsWith("whose certificate is not in the store; put it there");
        }
    }

    @Test
    void aJavaClientCallsCelerysWorker() throws Exception {
        var log = folder.resolve("celery.log");
        var process = Children.start(
                List.of(PYTHON, "-m", "celery", "-A", "signed", "worker", "--pool", "solo", "-l", "INFO"),
                environment(),
                python(),
                log);
        try (var client = TaskClient.builder(node.amqpUri())
                        .queue(queue)
                        .auth(java)
                        .connect();
                var plain = TaskClient.builder(node.amqpUri()).queue(queue).connect()) {
            await().atMost(SOON)
                    .until(() ->
                            node.shell().queues("consumers").lines().anyMatch(line -> line.startsWith(queue + "\t1")));
            assertThat(client.send(TaskRequest.of("p.add", 4, 6).returning(Integer.class))
                            .get(SOON))
                    .as(Files.readString(log))
                    .isEqualTo(10);
            assertThatThrownBy(() -> client.send("p.fail", "no such order").get(SOON))
                    .hasMessageContaining("ValueError: no such order");

            // what is not signed Celery does not take
            var refused = plain.send("p.add", 1, 2);
            assertThat(client.send(TaskRequest.of("p.add", 1, 1).returning(Integer.class))
                            .get(SOON))
                    .isEqualTo(2);
            assertThat(refused.isReady()).isFalse();
            assertThat(Files.readString(log)).contains("ContentDisallowed");
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private WorkerProgram worker(String... more) throws IOException {
        var variables = new String[more.length + 6];
        System.arraycopy(more, 0, variables, 6, more.length);
        variables[0] = "JTASK_AUTH_KEY";
        variables[1] = java.key().toString();
        variables[2] = "JTASK_AUTH_CERT";
        variables[3] = java.certificate().toString();
        variables[4] = "JTASK_AUTH_STORE";
        variables[5] = java.store().toString();
        return Workers.start(node, new TestTasks(), queue, variables);
    }

    private Map<String, JsonNode> call() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(PYTHON, "signed.py").directory(python().toFile());
        builder.redirectErrorStream(true).environment().putAll(environment());
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        var saw = new HashMap<String, JsonNode>();
        for (var line : output.lines().filter(line -> line.startsWith("{")).toList()) {
            var call = TypedJson.mapper().readTree(line);
            saw.put(call.get("call").asText(), call.get("saw"));
        }
        return saw;
    }

    private Map<String, String> environment() {
        return Map.of(
                "PATH",
                System.getenv("PATH"),
                "PEER_BROKER_URI",
                node.amqpUri(),
                "PEER_QUEUE",
                queue,
                "PEER_IDENTITY",
                folder.toString(),
                "PYTHONDONTWRITEBYTECODE",
                "1");
    }

    private static Path python() {
        return Path.of("src/test/python");
    }

    private AuthFiles identity(String name, String subject) throws IOException {
        var files = new AuthFiles(folder.resolve(name + ".key"), folder.resolve(name + ".crt"), store);
        var openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "30",
                        "-subj",
                        subject,
                        "-keyout",
                        files.key().toString(),
                        "-out",
                        files.certificate().toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(files.certificate()).as(output).exists();
        return files;
    }
}
