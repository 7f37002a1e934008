package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerVersionTest {

    @ParameterizedTest
    @CsvSource({
        "3.10.8, false, false",
        "3.11.28, false, false",
        "3.12.0, true, false",
        "4.0.5, true, false",
        "4.2.9-rc.1, true, false",
        "4.3.0, false, true",
        "5.0.0, false, true",
        "nightly, false, false"
    })
    void eachKnowsItsOwnArguments(String version, boolean queues, boolean consumers) {
        assertThat(BrokerVersion.parse(version).knowsQueueTimeouts()).isEqualTo(queues);
        assertThat(BrokerVersion.parse(version).knowsConsumerTimeouts()).isEqualTo(consumers);
    }

    @Test
    void readsWhatTheBrokerSaysOfItself() {
        assertThat(BrokerVersion.of(new FakeConnection().connection())).isEqualTo(new BrokerVersion(3, 10, "3.10.8"));
    }
}
