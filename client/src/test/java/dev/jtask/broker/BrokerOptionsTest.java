package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BrokerOptionsTest {

    @Test
    void thePasswordsAreNeverShown() {
        var options = BrokerOptions.of("amqp://app:hunter2@host:5672/shop;amqp://app:hunter3@host:5673/shop");

        assertThat(options.toString()).isEqualTo("amqp://host:5672/shop;amqp://host:5673/shop");
        assertThat(options.brokers().toString()).doesNotContain("hunter");
    }

    @Test
    void whatIsNoBrokerUriIsRefused() {
        assertThatThrownBy(() -> BrokerOptions.of("amqp://app:hunter2@"))
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
