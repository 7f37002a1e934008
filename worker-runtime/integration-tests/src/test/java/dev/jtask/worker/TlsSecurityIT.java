package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.Authority;
import dev.jtask.testing.OldTlsServer;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.process.FreePorts;
import dev.jtask.worker.app.WorkerProgram;
import dev.jtask.worker.registry.TaskClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker that knows users by their certificates alone, under an authority of its own: who is let in, who is not, and
/// what a rotation of everything does to a worker and a client that run on.
@SuppressWarnings("NullAway.Init")
class TlsSecurityIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "tls-security";

    @TempDir
    static Path folder;

    private static Authority first;
    private static Authority second;
    private static Authority.Pair server;
    private static Path brokersTrust;
    private static RabbitMqNode node;
    private static int port;

    private Authority.Pair ours;
    private Path trust;

    @BeforeAll
    static void start() throws IOException {
        first = Authority.create(folder, "first");
        second = Authority.create(folder, "second");
        server = first.issue("broker", "IP:127.0.0.1");
        brokersTrust = Files.copy(first.certificate(), folder.resolve("brokers-trust.crt"));
        port = FreePorts.take(1).getFirst();
        node = RabbitMqNode.start(
                folder.resolve("node"),
                List.of("rabbitmq_auth_mechanism_ssl"),
                "listeners.ssl.1 = 127.0.0.1:" + port,
                "ssl_options.cacertfile = " + brokersTrust,
                "ssl_options.certfile = " + server.certificate(),
                "ssl_options.keyfile = " + server.key(),
                "ssl_options.verify = verify_peer",
                "ssl_options.fail_if_no_peer_cert = true",
                "auth_mechanisms.1 = EXTERNAL",
                "auth_mechanisms.2 = PLAIN",
                "ssl_cert_login_from = common_name");
        node.users().add("worker", "unused");
        node.users().permit("worker", ".*", ".*", ".*");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void issue() throws IOException {
        ours = first.issue("worker", "DNS:worker");
        trust = Files.copy(first.certificate(), folder.resolve("trust.crt"), StandardCopyOption.REPLACE_EXISTING);
    }

    @AfterEach
    void putBack() throws IOException {
        brokerHas(first, first.issue("broker", "IP:127.0.0.1"));
        try (var raw = new RawMessages(node)) {
            raw.delete(QUEUE);
        }
    }

    @Test
    void whoShowsAGoodCertificateIsLetInByItAlone() throws Exception {
        try (var worker = worker();
                var client = client(uri("127.0.0.1"), trust, ours)) {
            await().atMost(SOON).until(worker::isReady);
            assertThat(sum(client)).isEqualTo(3);
            assertThat(node.ctl("list_connections", "--no-table-headers", "user", "ssl", "auth_mechanism")
                            .lines())
                    .isNotEmpty()
                    .allMatch(line -> line.equals("worker\ttrue\tEXTERNAL"));
        }
    }

    @Test
    void whoShowsNoneOrOneOfAnotherAuthorityOrAnOldOneIsNot() {
        var stranger = second.issue("worker", "DNS:worker");
        var expired = first.issueExpired("worker", "DNS:worker");
        for (var each : new Authority.@Nullable Pair[] {null, stranger, expired}) {
            assertThatThrownBy(() ->
                            client("amqps://127.0.0.1:" + port, trust, each).close())
                    .as(String.valueOf(each))
                    .hasMessageContaining("amqps://127.0.0.1:" + port)
                    .hasMessageContaining(
                            each == null
                                    ? "give one in tls(…, certificate, key)"
                                    : each.certificate().toString());
        }
    }

    @Test
    void aWorkerSaysWhichFileIsWrongAndWhatToDoAndGoesOnOnceItIsDone() throws Exception {
        var file = ours.certificate().toString();
        second.issue("worker", "DNS:worker").replace(ours);
        try (var worker = worker()) {
            await("of another authority")
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(troubles(worker))
                            .contains(file, "CN=second", "authority", "give one of", "in JTASK_TLS_CERT"));

            first.issueExpired("worker", "DNS:worker").replace(ours);
            await("expired")
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(troubles(worker))
                            .contains(file, "has ended at 20")
                            .contains("renew it"));

            first.issue("worker", "DNS:worker").replace(ours);
            await().atMost(SOON).until(worker::isReady);
        }
    }

    @Test
    void aWorkerThatHasNoneSaysWhereToGiveOne() throws Exception {
        try (var worker = Workers.startAny(
                node,
                TaskClasses.of(new TestTasks()),
                QUEUE,
                "JTASK_BROKER_URI",
                "amqps://guest:guest@127.0.0.1:" + port,
                "JTASK_TLS_CA",
                trust.toString())) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(troubles(worker))
                            .contains("client certificate")
                            .contains("give one in JTASK_TLS_CERT, with its key"));
        }
    }

    @Test
    void aBrokerOfTls12IsTalkedToAndAnOlderOneIsNot() throws Exception {
        try (var middle = OldTlsServer.start(folder, server, "tls1_2");
                var old = OldTlsServer.start(folder, server, "tls1_1")) {
            assertThat(middle.greeting()).contains("TLSv1.2");
            assertThat(old.greeting()).contains("TLSv1.1");
            assertThatThrownBy(() -> client("amqps://127.0.0.1:" + middle.port(), trust, null))
                    .as("it is no broker, which is found out by talking to it")
                    .satisfies(failure -> assertThat(failure).rootCause().isNotInstanceOf(SSLException.class));
            assertThatThrownBy(() -> client("amqps://127.0.0.1:" + old.port(), trust, null))
                    .hasStackTraceContaining("protocol_version");
        }
    }

    @Test
    void notEvenWhereTheJvmWasToldToAllowIt(@TempDir Path own) throws Exception {
        var lax = Files.writeString(own.resolve("lax.properties"), "jdk.tls.disabledAlgorithms=NULL, anon\n");
        try (var old = OldTlsServer.start(own, server, "tls1_1");
                var worker = WorkerProcess.start(
                        own,
                        node,
                        Map.of(
                                "JTASK_BROKER_URI",
                                "amqps://127.0.0.1:" + old.port(),
                                "JTASK_TLS_CA",
                                trust.toString(),
                                "JAVA_OPTS",
                                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.security.properties=" + lax))) {
            await().atMost(SOON).until(() -> worker.log().contains("protocol_version"));
        }
    }

    @Test
    void aBrokerOfAnotherAuthorityOrNameOrTimeIsNotTalkedTo() {
        assertThatThrownBy(() -> client(uri("127.0.0.1"), second.certificate(), ours))
                .hasMessageContaining("certification path");
        assertThatThrownBy(() -> client(uri("127.0.0.1"), null, ours)).hasMessageContaining("certification path");
        assertThatThrownBy(() -> client(uri("localhost"), trust, ours))
                .hasMessageContaining("localhost")
                .hasMessageContaining("its certificate is for other names");

        brokerHas(first, first.issueExpired("broker", "IP:127.0.0.1"));
        assertThatThrownBy(() -> client(uri("127.0.0.1"), trust, ours))
                .hasMessageContaining("its certificate has ended; renew it there");
    }

    /// The broker starts anew in between: a running one keeps authorities for as long as anybody is connected.
    @Test
    void anExchangeOfAllCertificatesRevokesTheOldAndTakesTheNewWithoutARestart() throws Exception {
        try (var worker = worker();
                var client = client(uri("127.0.0.1"), trust, ours)) {
            await().atMost(SOON).until(worker::isReady);
            assertThat(sum(client)).isEqualTo(3);
            var old = copy(ours, "old");

            brokerHas(second, second.issue("broker", "IP:127.0.0.1"));
            node.restart();
            await("the worker does not trust the new broker")
                    .atMost(SOON)
                    .until(() -> troubles(worker).contains("certification path"));
            assertThatThrownBy(() ->
                            client(uri("127.0.0.1"), second.certificate(), old).close())
                    .as("revoked: the broker does not know its authority any more")
                    .hasMessageContaining("amqps://127.0.0.1:" + port);

            second.issue("worker", "DNS:worker").replace(ours);
            Files.copy(second.certificate(), trust, StandardCopyOption.REPLACE_EXISTING);
            await().atMost(SOON).until(worker::isReady);
            await().atMost(SOON).ignoreExceptions().until(() -> sum(client) == 3);
        } finally {
            brokerHas(first, first.issue("broker", "IP:127.0.0.1"));
            node.shell().closeConnections();
        }
    }

    private static Authority.Pair copy(Authority.Pair pair, String name) throws IOException {
        return new Authority.Pair(
                Files.copy(pair.certificate(), folder.resolve(name + ".crt")),
                Files.copy(pair.key(), folder.resolve(name + ".key")));
    }

    private static String troubles(WorkerProgram worker) throws IOException {
        return Workers.get(worker.httpPort(), "/readyz").body();
    }

    /// As an operator of the broker does it: exchanges the files, and lets the server read them.
    private static void brokerHas(Authority trusted, Authority.Pair shown) {
        try {
            Files.copy(trusted.certificate(), brokersTrust, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        shown.replace(server);
        node.shell().eval("ssl:clear_pem_cache()");
    }

    private WorkerProgram worker() throws IOException {
        return Workers.startAny(
                node,
                TaskClasses.of(new TestTasks()),
                QUEUE,
                "JTASK_BROKER_URI",
                uri("127.0.0.1"),
                "JTASK_TLS_CA",
                trust.toString(),
                "JTASK_TLS_CERT",
                ours.certificate().toString(),
                "JTASK_TLS_KEY",
                ours.key().toString());
    }

    private static TaskClient client(String uri, @Nullable Path trusted, Authority.@Nullable Pair shown) {
        return TaskClient.builder(uri)
                .queue(QUEUE)
                .tls(trusted, shown == null ? null : shown.certificate(), shown == null ? null : shown.key())
                .connect();
    }

    private static int sum(TaskClient client) {
        return client.send(TaskRequest.of("t.add", 1, 2).returning(Integer.class))
                .get(SOON);
    }

    private static String uri(String host) {
        return "amqps://%s:%d/?auth_mechanism=external".formatted(host, port);
    }
}
