package dev.jtask.operator.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.uri.BrokerUri;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerHostsTest {

    private final BrokerHosts hosts =
            BrokerHosts.of(List.of("rabbitmq.shop.svc", "my_broker", " *.MQ.example.com", "10.0.0.5", "[fd00::5]"));

    @Test
    void anyHostIsAllowedWhereNoneIsNamed() {
        assertThat(BrokerHosts.ANY.refused(secret("http://169.254.169.254", "amqp://whoever")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rabbitmq.shop.svc",
                "RabbitMQ.shop.svc",
                "rabbitmq.shop.svc.",
                "my_broker",
                "a.mq.example.com",
                "a.b.mq.example.com",
                "10.0.0.5",
                "[fd00::5]"
            })
    void whatIsNamedIsAllowed(String host) {
        assertThat(hosts.refused(secret("https://" + host + ":15671", "amqps://" + host)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rabbitmq.shop.svc.evil",
                "xrabbitmq.shop.svc",
                "mq.example.com",
                "evilmq.example.com",
                "10.0.0.50",
                "169.254.169.254",
                "[fd00::51]",
                "localhost"
            })
    void whatIsNotIsRefusedForEitherConnection(String host) {
        var shown = host.replaceAll("[\\[\\]]", "");
        assertThat(hosts.refused(secret("http://" + host, "amqp://10.0.0.5")).map(BrokerHostsTest::plain))
                .contains(shown);
        assertThat(hosts.refused(secret("http://10.0.0.5", "amqp://10.0.0.5,%s".formatted(host))))
                .contains(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "", "a*.example.com", "*.*.com", "http://host", "host/x", "a b"})
    void whatIsNoHostStopsTheStart(String host) {
        assertThatThrownBy(() -> BrokerHosts.of(List.of("good", host)))
                .hasMessageContaining("JTASK_OPERATOR_BROKER_HOSTS")
                .hasMessageContaining("*.example.com");
    }

    private static BrokerSecret secret(String management, String brokers) {
        var doors = Stream.of(new ManagementDoor(URI.create(management), "u", "p", "/"))
                .toList();
        return new BrokerSecret(
                "rabbitmq",
                "1",
                new BrokerAccess(doors, TlsMaterial.NONE),
                new AmqpAccess(BrokerUri.list(brokers), TlsMaterial.NONE),
                new WorkerUri.Whole(),
                Set.of());
    }

    private static String plain(String host) {
        return host.replaceAll("[\\[\\]]", "");
    }
}
