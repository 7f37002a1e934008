package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.jtask.client.TaskClient;
import dev.jtask.protocol.tls.PemTls;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.IssuedCertificates;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.process.FreePorts;
import dev.jtask.worker.app.WorkerProgram;
import dev.jtask.worker.registry.TaskClasses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The recipes of docs/security.md for cert-manager: a broker, a worker and a client have the Secrets that come of the
/// manifests there, and nothing else.
@SuppressWarnings("NullAway.Init")
class CertManagerSecurityIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "cert-manager";
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(yaml|ini)\\n(.*?)^```$");
    private static final TypeReference<Map<String, Object>> MANIFEST = new TypeReference<>() {};

    @TempDir
    static Path folder;

    private static IssuedCertificates certificates;
    private static RabbitMqNode node;
    private static int port;
    private static String uri;

    @BeforeAll
    static void start() throws IOException {
        var manifests = new ArrayList<>(manifests("cert-manager.io/v1"));
        manifests.addAll(variants(manifests));
        certificates = new IssuedCertificates(Files.createDirectories(folder.resolve("certificates")), manifests);
        var ports = FreePorts.take(2);
        port = ports.getFirst();
        node = RabbitMqNode.start(
                folder.resolve("node"),
                List.of("rabbitmq_auth_mechanism_ssl"),
                block("ssl_options")
                        .replace(
                                "/etc/rabbitmq/tls",
                                certificates.mount("rabbitmq-server").toString())
                        .replace("listeners.ssl.default = 5671", "listeners.ssl.1 = 127.0.0.1:" + port)
                        .replace(
                                "management.ssl.port = 15671",
                                "management.ssl.ip = 127.0.0.1\nmanagement.ssl.port = " + ports.getLast()),
                // of the tests' own connections
                "auth_mechanisms.2 = PLAIN");
        uri = manifests("v1").stream()
                .map(manifest -> string(manifest.get("stringData"), "uri"))
                .filter(text -> text.contains("auth_mechanism=external"))
                .findFirst()
                .orElseThrow()
                .replace(":5671", ":" + port);
        node.ctl("add_user", "thumbnails", "unused");
        node.ctl("set_permissions", "thumbnails", ".*", ".*", ".*");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void sweep() throws IOException {
        try (var raw = new RawMessages(node)) {
            raw.delete(QUEUE);
        }
    }

    @Test
    void brokerWorkerAndClientTalkByTheSecretsAlone() throws Exception {
        try (var worker = worker(certificates.mount("rabbitmq"));
                var client = client(uri, certificates.mount("rabbitmq"))) {
            await().atMost(SOON).until(worker::isReady);
            assertThat(sum(client)).isEqualTo(3);
            assertThat(node.ctl("list_connections", "--no-table-headers", "user", "auth_mechanism", "ssl_protocol")
                            .lines())
                    .isNotEmpty()
                    .allMatch(line -> line.equals("thumbnails\tEXTERNAL\ttlsv1.3"));
        }
    }

    @Test
    void aRenewedSecretIsUsedByTheNextConnection() throws Exception {
        var mounted = certificates.mount("rabbitmq");
        try (var worker = worker(mounted)) {
            await().atMost(SOON).until(worker::isReady);
            var before = Files.readString(mounted.resolve("tls.key"));
            certificates.renew("rabbitmq");
            certificates.mount("rabbitmq");
            assertThat(Files.readString(mounted.resolve("tls.key"))).isNotEqualTo(before);

            node.shell().closeConnections();
            await().atMost(SOON).until(worker::isReady);
            try (var client = client(uri, mounted)) {
                await().atMost(SOON).ignoreExceptions().until(() -> sum(client) == 3);
            }
        }
    }

    /// As many as `privateKey` can say, with what it begins with in PEM.
    @ParameterizedTest
    @CsvSource({
        "rsa-pkcs1,BEGIN RSA PRIVATE KEY",
        "rsa-pkcs8,BEGIN PRIVATE KEY",
        "ecdsa-pkcs1,BEGIN EC PRIVATE KEY",
        "ecdsa-pkcs8,BEGIN PRIVATE KEY",
        "ed25519,BEGIN PRIVATE KEY"
    })
    void eachAlgorithmAndEncodingOfCertManagerIsRead(String variant, String head) throws Exception {
        var mounted = certificates.mount("variant-" + variant);
        assertThat(mounted.resolve("tls.key")).content().contains(head);

        try (var client = client(uri, mounted)) {
            assertThat(client.send("t.any").id()).isNotBlank();
        }
    }

    @Test
    void theServersCertificateIsForItsNameAlone() {
        var byAddress = uri.replace("localhost", "127.0.0.1");
        assertThatThrownBy(() -> client(byAddress, certificates.mount("rabbitmq")))
                .hasMessageContaining("No subject alternative names matching IP address 127.0.0.1");
    }

    @Test
    void metricsAreShownOverTlsWithTheSecretOfTheWorkers() throws Exception {
        var mounted = certificates.mount("worker-metrics");
        var wanted = FreePorts.take(1).getFirst();
        var recipe = Pattern.compile("name: (JTASK_METRICS_\\w+), value: \"?([^\"}]+)\"?}")
                .matcher(block("JTASK_METRICS_TLS_CERT"))
                .results()
                .flatMap(match -> List.of(
                        match.group(1),
                        match.group(2)
                                .replace("/etc/metrics", mounted.toString())
                                .replace("9443", wanted.toString()))
                        .stream())
                .toList();
        assertThat(recipe).hasSize(6);

        try (var _ = Workers.start(node, new TestTasks(), QUEUE, recipe.toArray(String[]::new))) {
            var trust = PemTls.trust(new PemTls.Text(Files.readString(mounted.resolve("ca.crt")), "ca.crt"));
            try (var socket = PemTls.context(trust, null).getSocketFactory().createSocket("127.0.0.1", wanted)) {
                socket.getOutputStream().write("GET /metrics HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .contains(" 200 ", "jtask_worker_busy_slots");
            }
        }
    }

    private static WorkerProgram worker(Path mounted) throws IOException {
        return Workers.startAny(
                node,
                TaskClasses.of(new TestTasks()),
                QUEUE,
                "JTASK_BROKER_URI",
                uri,
                "JTASK_TLS_CA",
                mounted.resolve("ca.crt").toString(),
                "JTASK_TLS_CERT",
                mounted.resolve("tls.crt").toString(),
                "JTASK_TLS_KEY",
                mounted.resolve("tls.key").toString());
    }

    private static TaskClient client(String broker, Path mounted) {
        return TaskClient.builder(broker)
                .queue(QUEUE)
                .tls(mounted.resolve("ca.crt"), mounted.resolve("tls.crt"), mounted.resolve("tls.key"))
                .connect();
    }

    private static int sum(TaskClient client) {
        return client.send(TaskRequest.of("t.add", 1, 2).returning(Integer.class))
                .get(SOON);
    }

    /// The client's Certificate of the guide with each other key, of the same authority.
    private static List<Map<String, Object>> variants(List<Map<String, Object>> manifests) {
        var client = manifests.stream()
                .filter(manifest -> "rabbitmq".equals(map(manifest.get("spec")).get("secretName")))
                .findFirst()
                .orElseThrow();
        var keys = Map.of(
                "rsa-pkcs1", Map.of(),
                "rsa-pkcs8", Map.of("encoding", "PKCS8", "size", 3072),
                "ecdsa-pkcs1", Map.of("algorithm", "ECDSA", "size", 384),
                "ecdsa-pkcs8", Map.of("algorithm", "ECDSA", "size", 521, "encoding", "PKCS8"),
                "ed25519", Map.of("algorithm", "Ed25519"));
        var variants = new ArrayList<Map<String, Object>>();
        keys.forEach((name, key) -> {
            var spec = new HashMap<Object, Object>(map(client.get("spec")));
            spec.put("secretName", "variant-" + name);
            spec.put("privateKey", key);
            var variant = new HashMap<>(client);
            variant.put("metadata", Map.of("name", "variant-" + name));
            variant.put("spec", spec);
            variants.add(variant);
        });
        return variants;
    }

    /// Manifests of the guide of this API version, the broker being at home here.
    private static List<Map<String, Object>> manifests(String apiVersion) throws IOException {
        var found = new ArrayList<Map<String, Object>>();
        for (var block : blocks()) {
            if (block.startsWith("apiVersion: " + apiVersion + "\n")) {
                var text = block.replace("rabbitmq.shop.svc", "localhost");
                new YAMLMapper()
                        .readerFor(MANIFEST)
                        .<Map<String, Object>>readValues(text)
                        .forEachRemaining(found::add);
            }
        }
        assertThat(found).as(apiVersion).isNotEmpty();
        return found;
    }

    private static String block(String with) throws IOException {
        return blocks().stream()
                .filter(block -> block.contains(with))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("../../docs/security.md")))
                .results()
                .map(match -> match.group(2))
                .toList();
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String string(@Nullable Object map, String key) {
        return Objects.requireNonNull(map(map).get(key)).toString();
    }
}
