package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.backend.ResultStores;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.tls.TlsFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskClientBuilderTest {

    private static final Path CA = Path.of("ca.crt");
    private static final TlsFiles FILES = new TlsFiles(CA, null, null);

    @ParameterizedTest
    @CsvSource({
        "amqp://h, rediss://r, false",
        "amqp://h, REDISS://r, false",
        "amqps://h, rediss://r, true",
        "amqps://h, redis://r, true",
        "amqps://h, rpc://, true",
    })
    void tlsFilesGoToWhoeverMeansTls(String broker, String backend, boolean brokerUses) {
        var options = BrokerOptions.of(broker).withTls(FILES, ResultStores.isSecure(backend));

        assertThat(options.tls()).isEqualTo(brokerUses ? FILES : TlsFiles.NONE);
    }

    @ParameterizedTest
    @CsvSource({"amqp://h, rpc://", "amqp://h, redis://r", "amqps://h;amqp://i, rediss://r"})
    void tlsFilesThatSomebodyWouldNotUseAreRefused(String broker, String backend) {
        assertThatThrownBy(() -> BrokerOptions.of(broker).withTls(FILES, ResultStores.isSecure(backend)))
                .hasMessageContaining("write amqps://");
    }

    @Test
    void aClientSaysSoWhereItConnects() {
        var builder = TaskClient.builder("amqp://127.0.0.1:1").tls(CA, null, null);

        assertThatThrownBy(builder::connect)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write amqps://");
    }
}
