package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "amqp://host, 5672, guest, guest, /",
        "amqp://host/, 5672, guest, guest, /",
        "amqp://host//, 5672, guest, guest, /",
        "amqps://u:p%40ss@host/shop, 5671, u, p@ss, shop",
        "amqp://u:a+b@host:1234/my%2Fvhost, 1234, u, a+b, my/vhost",
    })
    void aUriIsReadAsCeleryReadsIt(String uri, int port, String user, String password, String vhost) {
        var options = BrokerOptions.of(uri);

        assertThat(options.host()).isEqualTo("host");
        assertThat(options.port()).isEqualTo(port);
        assertThat(options.username()).isEqualTo(user);
        assertThat(options.password()).isEqualTo(password);
        assertThat(options.vhost()).isEqualTo(vhost);
    }

    @Test
    void thePasswordIsNeverShown() {
        var options = BrokerOptions.of("amqp://app:hunter2@host:5672/shop");

        assertThat(options.toString()).isEqualTo("amqp://host:5672/shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://app:hunter2@host", "amqp://app:hunter2@ho st", "amqp://app:hunter2@", "hunter2"})
    void whatIsNoBrokerUriIsRefusedWithoutShowingIt(String uri) {
        assertThatThrownBy(() -> BrokerOptions.of(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("broker URI")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aClientCertificateNeedsItsKey() {
        assertThatThrownBy(() -> BrokerOptions.of("amqps://host").withTls(null, Path.of("tls.crt"), null))
                .hasMessageContaining("give both or neither");
    }
}
