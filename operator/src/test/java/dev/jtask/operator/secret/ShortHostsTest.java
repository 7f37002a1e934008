package dev.jtask.operator.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.uri.BrokerUri;
import dev.jtask.protocol.uri.ServerUri;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortHostsTest {

    private final ShortHosts names = ShortHosts.seenFrom("jtask");

    @ParameterizedTest
    @CsvSource({
        "rabbitmq, rabbitmq.shop.svc",
        "rabbit-1, rabbit-1.shop.svc",
        "RabbitMQ, RabbitMQ.shop.svc",
        "a, a.shop.svc",
        "rabbitmq.shop, rabbitmq.shop",
        "rabbitmq., rabbitmq.",
        "my_broker, my_broker",
        "localhost, localhost",
        "LocalHost, LocalHost",
        "10.0.0.5, 10.0.0.5",
        "2130706433, 2130706433",
        "fd00::2, fd00::2",
    })
    void aHostOfOneWordIsAServiceOfThePoolsNamespace(String host, String meant) {
        assertThat(names.meant(secret(host), "shop")).isEqualTo(secret(meant));
    }

    @Test
    void inTheOperatorsOwnNamespaceAndOutsideOfAClusterNamesAreAsTheyAre() {
        var secret = secret("rabbitmq");

        assertThat(names.meant(secret, "jtask")).isSameAs(secret);
        assertThat(ShortHosts.AS_THEY_ARE.meant(secret, "shop")).isSameAs(secret);
    }

    @Test
    void aFileTellsAPodItsNamespace(@TempDir Path folder) throws IOException {
        var secret = secret("rabbitmq");
        var file = folder.resolve("namespace");
        assertThat(ShortHosts.told(file).meant(secret, "shop")).isSameAs(secret);

        Files.writeString(file, "jtask\n");

        assertThat(ShortHosts.told(file).meant(secret, "jtask")).isSameAs(secret);
        assertThat(ShortHosts.told(file).meant(secret, "shop")).isEqualTo(names.meant(secret, "shop"));
    }

    /// @param host of all that the operator connects to, but one broker
    private static BrokerSecret secret(String host) {
        var shown = ServerUri.shown(host);
        var oauth = new OAuthAccess("https://%s:8443/rabbitmq?a=b".formatted(shown), "id", "secret", "a", null, null);
        return new BrokerSecret(
                "rabbitmq",
                "1",
                new BrokerAccess(
                        List.of(
                                new ManagementDoor(URI.create("https://%s:15671/rabbitmq".formatted(shown)), null, "v"),
                                new ManagementDoor(URI.create("http://" + shown), "u", "p", "v")),
                        TlsMaterial.NONE,
                        oauth),
                new AmqpAccess(
                        BrokerUri.list("amqps://u:p@%s:7000,rabbit.test:7001/v?heartbeat=5".formatted(shown)),
                        TlsMaterial.NONE,
                        oauth),
                new WorkerUri.Whole(),
                Set.of("ca.crt"));
    }
}
