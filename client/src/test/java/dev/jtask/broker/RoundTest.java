package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class RoundTest {

    @Test
    void namesEachBrokerWithItsReasonAndItsFix() {
        var failure = failed(
                "amqp://app:hunter2@h1,h2/shop;amqp://ops:hunter3@h3//;amqp://ops:hunter4@h4//;amqp://ops:hunter5@h5/eu",
                Map.of(
                        "h1", new ConnectException("Connection refused"),
                        "h2",
                                new IOException(
                                        Signals.connection(AMQP.NOT_ALLOWED, "NOT_ALLOWED - vhost shop not found")),
                        "h3", new AuthenticationFailureException("ACCESS_REFUSED"),
                        "h4", new TimeoutException(),
                        "h5",
                                new IOException(Signals.connection(
                                        AMQP.NOT_ALLOWED,
                                        "NOT_ALLOWED - access to vhost 'eu' refused for user 'ops'"))));

        assertThat(failure.getMessage())
                .startsWith("cannot connect to any of 5 brokers: amqp://h")
                .contains(
                        "amqp://h1:5672/shop: Connection refused",
                        "amqp://h2:5672/shop: it has no vhost 'shop'; create it (rabbitmqctl add_vhost shop) or correct JTASK_BROKER_URI",
                        "amqp://h3:5672: it has no user 'ops' with this password; correct JTASK_BROKER_URI",
                        "amqp://h4:5672: it did not answer within 2.0 s",
                        "amqp://h5:5672/eu: user 'ops' may not enter vhost 'eu'; grant it (rabbitmqctl set_permissions -p eu ops '.*' '.*' '.*')");
        assertThat(failure).hasMessageNotContaining("hunter").hasCauseInstanceOf(Exception.class);
        assertThat(failure.getSuppressed()).hasSize(4);
    }

    @Test
    void oneBrokerIsNamedAsOne() {
        assertThat(failed("amqp://h1", Map.of("h1", new ConnectException("Connection refused"))))
                .hasMessage("cannot connect to broker amqp://h1:5672: Connection refused");
        assertThat(failed("amqp://h1", Map.of("h1", new UnknownHostException("h1"))))
                .hasMessage(
                        "cannot connect to broker amqp://h1:5672: there is no host of this name; correct JTASK_BROKER_URI");
    }

    @Test
    void addressesOfANameAreToldApartWhereTheirReasonsDiffer() throws IOException {
        var options = BrokerOptions.of("amqp://rabbit");
        var places = Place.shuffled(options.brokers(), host ->
                new InetAddress[] {InetAddress.getByName("10.0.0.1"), InetAddress.getByName("10.0.0.2")});
        var round = new Round(options, 2_000);
        places.forEach(place -> round.failed(place, new IOException("no way to " + place.ip())));

        assertThat(round.failure().getMessage())
                .contains("no way to 10.0.0.1 (10.0.0.1)", "no way to 10.0.0.2 (10.0.0.2)");
    }

    private static IOException failed(String uri, Map<String, Exception> failures) {
        var options = BrokerOptions.of(uri).readFrom("JTASK_BROKER_URI");
        var round = new Round(options, 2_000);
        Place.shuffled(options.brokers(), host -> new InetAddress[] {InetAddress.getLoopbackAddress()})
                .forEach(place -> round.failed(place, failures.getOrDefault(place.getHost(), new IOException("?"))));
        return round.failure();
    }
}
