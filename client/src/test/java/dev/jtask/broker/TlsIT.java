package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.client.TaskClient;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.Relay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Encrypted connections: whom the client trusts, and as whom it comes.
@RabbitMqTest
@SuppressWarnings("NullAway.Init")
class TlsIT {

    @TempDir
    static Path folder;

    private static Certificates broker;
    private static Certificates elsewhere;
    private static Certificates app;

    private final RabbitMqNode node;

    TlsIT(RabbitMqNode node) {
        this.node = node;
    }

    @BeforeAll
    static void issue() throws GeneralSecurityException {
        broker = Certificates.create(folder, "broker", "ip:127.0.0.1");
        elsewhere = Certificates.create(folder, "elsewhere", "dns:elsewhere.test");
        app = Certificates.create(folder, "app", "dns:app.test");
    }

    @Test
    void aBrokerWithATrustedCertificateIsTalkedTo() throws Exception {
        try (var door = broker.door(node.amqpPort(), null);
                var client = connect(door, broker.certificate(), null, null)) {
            assertThat(client.send("t.any").id()).isNotBlank();
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        try (var door = broker.door(node.amqpPort(), null)) {
            assertThatThrownBy(() -> connect(door, null, null, null))
                    .hasMessageContaining("unable to find valid certification path")
                    .hasMessageContaining("give the one that does in tls(ca, …)");
            assertThatThrownBy(() -> connect(door, app.certificate(), null, null))
                    .hasMessageContaining("unable to find valid certification path")
                    .hasMessageContaining("no authority in the file of tls(ca, …) vouches for it");
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        try (var door = elsewhere.door(node.amqpPort(), null)) {
            assertThatThrownBy(() -> connect(door, elsewhere.certificate(), null, null))
                    .hasMessageContaining("No subject alternative names matching IP address 127.0.0.1");
        }
    }

    @Test
    void aBrokerThatAsksWhoWeAreGetsTheClientCertificate() throws Exception {
        try (var door = broker.door(node.amqpPort(), trusted(app));
                var client = connect(door, broker.certificate(), app.certificate(), app.key())) {
            assertThat(client.send("t.any").id()).isNotBlank();
        }
    }

    @Test
    void withoutOneItDoesNotLetUsIn() throws Exception {
        try (var door = broker.door(node.amqpPort(), trusted(app))) {
            assertThatThrownBy(() -> connect(door, broker.certificate(), null, null))
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void aFileThatIsMissingOrNoKeyIsNamed() throws Exception {
        var empty = Files.writeString(folder.resolve("empty.crt"), "");
        try (var door = broker.door(node.amqpPort(), null)) {
            assertThatThrownBy(() -> connect(door, folder.resolve("missing.crt"), null, null))
                    .hasStackTraceContaining("missing.crt");
            assertThatThrownBy(() -> connect(door, empty, null, null)).hasStackTraceContaining("empty.crt");
            assertThatThrownBy(() -> connect(door, broker.certificate(), app.certificate(), app.certificate()))
                    .hasStackTraceContaining("app.crt holds no private key");
        }
    }

    @Test
    void whatTheFilesHoldAtEachConnectionIsWhatCounts() throws Exception {
        var successor = Certificates.create(folder, "successor", "ip:127.0.0.1");
        var ca = Files.copy(broker.certificate(), folder.resolve("renewed-ca.crt"));
        var certificate = Files.copy(elsewhere.certificate(), folder.resolve("renewed.crt"));
        var key = Files.copy(elsewhere.key(), folder.resolve("renewed.key"));
        var context = TlsContext.of(BrokerOptions.of("amqps://127.0.0.1").withTls(ca, certificate, key));
        try (var door = successor.door(node.amqpPort(), trusted(app))) {
            assertThatThrownBy(() -> shakeHands(context, door)).hasMessageContaining("certification path");

            Files.copy(successor.certificate(), ca, StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> shakeHands(context, door)).isInstanceOf(IOException.class);

            Files.copy(app.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(app.key(), key, StandardCopyOption.REPLACE_EXISTING);
            shakeHands(context, door);

            Files.writeString(ca, "in the midst of being written");
            shakeHands(context, door);
        }
    }

    @Test
    void filesForAConnectionInPlaintextAreRefused() {
        assertThatThrownBy(() -> TaskClient.builder("amqp://127.0.0.1")
                        .tls(broker.certificate(), null, null)
                        .connect())
                .hasMessageContaining("write amqps://");
    }

    @Test
    void asTheOwnerOfACertificateItNeverFallsBackToAPassword() throws Exception {
        try (var door = broker.door(node.amqpPort(), trusted(app))) {
            var uri = "amqps://guest:guest@127.0.0.1:%d?auth_mechanism=external".formatted(door.port());

            // the broker behind this door sees no TLS, hence it offers passwords only
            assertThatThrownBy(() -> TaskClient.builder(uri)
                            .tls(broker.certificate(), app.certificate(), app.key())
                            .connect())
                    .hasMessageContaining("No compatible authentication mechanism found");
        }
    }

    @Test
    void aLoginByCertificateNeedsOne() {
        assertThatThrownBy(() -> TaskClient.connect("amqp://127.0.0.1?auth_mechanism=EXTERNAL"))
                .hasMessageContaining("needs amqps:// and a client certificate");
    }

    private static TaskClient connect(Relay door, @Nullable Path ca, @Nullable Path certificate, @Nullable Path key) {
        return TaskClient.builder("amqps://guest:guest@127.0.0.1:" + door.port())
                .queue("tls")
                .tls(ca, certificate, key)
                .connect();
    }

    /// Up to the broker's first word, as a client certificate is refused after the handshake only.
    private static void shakeHands(SSLContext context, Relay door) throws IOException {
        try (var socket = context.getSocketFactory().createSocket("127.0.0.1", door.port())) {
            socket.getOutputStream().write("AMQP????".getBytes(StandardCharsets.US_ASCII));
            if (socket.getInputStream().read() != 'A') {
                throw new IOException("no broker");
            }
        }
    }

    private static KeyStore trusted(Certificates other) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("client", other.store().getCertificate("app"));
        return store;
    }
}
