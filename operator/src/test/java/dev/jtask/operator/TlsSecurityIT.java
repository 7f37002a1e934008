package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.operator.secret.TlsMaterial;
import dev.jtask.testing.Authority;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.process.FreePorts;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker whose AMQP and management API want certificates of an authority of its own, which is exchanged while the
/// operator runs: it goes on with the Secret's new files, and the old ones are worth nothing.
@QuarkusTest
@WithTestResource(Systems.class)
@SuppressWarnings("NullAway.Init") // by Systems and JUnit
class TlsSecurityIT {

    private static final String DECLARED = """
        queues: [{name: NAME, declare: {}}]
        scaling: {maxReplicas: 4, objective: {backlogPerReplica: 10}, scaleDown: {stabilization: 0s}}
        """;

    @TempDir
    static Path folder;

    private static Authority first;
    private static Authority second;
    private static Authority.Pair server;
    private static Path brokersTrust;
    private static RabbitMqNode node;
    private static List<Integer> ports;

    World world;

    @BeforeAll
    static void start() throws IOException {
        first = Authority.create(folder, "first");
        second = Authority.create(folder, "second");
        server = first.issue("broker", "IP:127.0.0.1");
        brokersTrust = Files.copy(first.certificate(), folder.resolve("brokers-trust.crt"));
        ports = FreePorts.take(2);
        node = RabbitMqNode.start(
                folder.resolve("node"),
                "listeners.ssl.1 = 127.0.0.1:" + ports.getFirst(),
                files("ssl_options"),
                "management.ssl.ip = 127.0.0.1",
                "management.ssl.port = " + ports.getLast(),
                files("management.ssl"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void putBack() {
        world.delete("rotated");
        brokerHas(first, first.issue("broker", "IP:127.0.0.1"));
        node.restart();
    }

    /// The broker starts anew in between: a running one keeps authorities for as long as anybody is connected.
    @Test
    void aRotationOfEverythingIsFollowedWithoutARestart() throws IOException {
        secret(first, first.issue("operator", "DNS:operator"));
        world.apply("rotated", DECLARED);
        world.awaitCondition("rotated", Conditions.BROKER_REACHABLE, "Answering");
        send(25);
        await().atMost(World.PATIENCE).until(() -> world.replicas("rotated") == 3);
        var old = first.issue("operator", "DNS:operator");

        brokerHas(second, second.issue("broker", "IP:127.0.0.1"));
        node.restart();
        var condition = world.awaitCondition("rotated", Conditions.BROKER_REACHABLE, "BrokerUnreachable");
        assertThat(condition.getMessage()).contains("https://127.0.0.1:" + ports.getLast());
        assertThat(world.replicas("rotated")).isEqualTo(3);
        assertThatThrownBy(() -> enter(second, old)).as("revoked").isInstanceOf(IOException.class);

        secret(second, second.issue("operator", "DNS:operator"));
        world.awaitCondition("rotated", Conditions.BROKER_REACHABLE, "Answering");
        send(10);
        await().atMost(World.PATIENCE).until(() -> world.replicas("rotated") == 4);
    }

    @Test
    void onlyAGoodCertificateIsLetInAndOnlyByTheRightBroker() throws IOException {
        var good = first.issue("operator", "DNS:operator");
        enter(first, good);

        assertThatThrownBy(() -> enter(new TlsMaterial(text(first.certificate()), null, null), "127.0.0.1"))
                .as("none")
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> enter(first, second.issue("operator", "DNS:operator")))
                .as("of another authority")
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> enter(first, first.issueExpired("operator", "DNS:operator")))
                .as("expired")
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> enter(second, good)).hasMessageContaining("certification path");
        assertThatThrownBy(() -> enter(material(first, good), "localhost")).hasMessageContaining("localhost");
        brokerHas(first, first.issueExpired("broker", "IP:127.0.0.1"));
        assertThatThrownBy(() -> enter(first, good)).hasStackTraceContaining("NotAfter");
    }

    private static String files(String prefix) {
        return """
            %1$s.cacertfile = %2$s
            %1$s.certfile = %3$s
            %1$s.keyfile = %4$s
            %1$s.verify = verify_peer
            %1$s.fail_if_no_peer_cert = true
            """.formatted(prefix, brokersTrust, server.certificate(), server.key());
    }

    private static void brokerHas(Authority trusted, Authority.Pair shown) {
        try {
            Files.copy(trusted.certificate(), brokersTrust, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        shown.replace(server);
        node.ctl("eval", "ssl:clear_pem_cache().");
    }

    private void secret(Authority trusted, Authority.Pair shown) throws IOException {
        world.kubernetes()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("rotated")
                        .withNamespace("default")
                        .endMetadata()
                        .addToStringData("uri", "amqps://guest:guest@127.0.0.1:" + ports.getFirst())
                        .addToStringData("managementUri", "https://127.0.0.1:" + ports.getLast())
                        .addToStringData("ca.crt", text(trusted.certificate()))
                        .addToStringData("tls.crt", text(shown.certificate()))
                        .addToStringData("tls.key", text(shown.key()))
                        .build())
                .fieldManager("tester")
                .forceConflicts()
                .serverSideApply();
    }

    private static void enter(Authority trusted, Authority.Pair shown) throws IOException {
        enter(material(trusted, shown), "127.0.0.1");
    }

    /// Up to the broker's first word, as a client certificate is refused after the handshake only.
    private static void enter(TlsMaterial material, String host) throws IOException {
        var sockets = material.context().orElseThrow().getSocketFactory();
        try (var socket = (SSLSocket) sockets.createSocket(host, ports.getFirst())) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.getOutputStream().write("AMQP????".getBytes(StandardCharsets.US_ASCII));
            if (socket.getInputStream().read() != 'A') {
                throw new IOException("no broker");
            }
        }
    }

    private static TlsMaterial material(Authority trusted, Authority.Pair shown) throws IOException {
        return new TlsMaterial(text(trusted.certificate()), text(shown.certificate()), text(shown.key()));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }

    private void send(int messages) {
        new World(world.kubernetes(), world.api(), node).send("rotated", messages);
    }
}
