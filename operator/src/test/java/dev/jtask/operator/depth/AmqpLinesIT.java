package dev.jtask.operator.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.operator.secret.AmqpAccess;
import dev.jtask.operator.secret.TlsMaterial;
import dev.jtask.protocol.uri.BrokerUri;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.Relay;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// To whom a line is opened, and to whom not.
@RabbitMqTest
class AmqpLinesIT {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final RabbitMqNode node;

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path folder;

    AmqpLinesIT(RabbitMqNode node) {
        this.node = node;
    }

    @Test
    void talksToABrokerForWhomTheSecretsAuthorityVouches() throws Exception {
        var store = issue("ip:127.0.0.1");
        try (var door = door(store)) {
            var line = open("amqps://guest:guest@127.0.0.1:" + door.port(), authority(store));

            var answers = new HashMap<String, Answer>();
            line.count(List.of("none-of-this-name"), answers::put);
            assertThat(answers).isEqualTo(Map.of("none-of-this-name", new Answer.Missing()));
            line.close();
        }
    }

    @Test
    void refusesABrokerForWhomNobodyVouchesAndOneOfAnotherName() throws Exception {
        var store = issue("dns:elsewhere.test");
        try (var door = door(store)) {
            var uri = "amqps://guest:hunter2@127.0.0.1:" + door.port();

            assertThatThrownBy(() -> open(uri, null))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("unable to find valid certification path");
            assertThatThrownBy(() -> open(uri, authority(store)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No subject alternative names matching IP address 127.0.0.1")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void namesEachBrokerThatItTriedAndNoPassword() {
        var uri = "amqp://guest:hunter2@127.0.0.1:%d,127.0.0.1:1/v".formatted(node.amqpPort());

        assertThatThrownBy(() -> open(uri, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("amqp://127.0.0.1:%d/v: ACCESS_REFUSED".formatted(node.amqpPort()))
                .hasMessageContaining("amqp://127.0.0.1:1/v: Connection refused")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void tellsABrokerThatIsNotThereFromOneThatRefuses() {
        assertThatThrownBy(() -> open("amqp://guest:guest@127.0.0.1:1", null)).isInstanceOf(NoAnswerException.class);
        assertThatThrownBy(() -> open("amqp://guest:wrong@127.0.0.1:" + node.amqpPort(), null))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NoAnswerException.class);
    }

    private Line open(String uri, @Nullable String authority) throws IOException {
        var access = new AmqpAccess(BrokerUri.list(uri), new TlsMaterial(authority, null, null));
        return AmqpLines.to(access, Duration.ofSeconds(30)).open(access);
    }

    /// A certificate that vouches for itself.
    ///
    /// @param alternative what it is good for
    private KeyStore issue(String alternative) throws Exception {
        var file = folder.resolve("broker.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=broker",
                        "-ext",
                        "SAN=" + alternative,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private static String authority(KeyStore store) throws Exception {
        var text = Base64.getMimeEncoder()
                .encodeToString(store.getCertificate("broker").getEncoded());
        return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n".formatted(text);
    }

    /// TLS in front of the broker's plain port.
    private Relay door(KeyStore store) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return Relay.start(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                node.amqpPort());
    }
}
