package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartRateTest {

    @ParameterizedTest
    @CsvSource({
        "10/m, 10, PT1M",
        "100/h, 100, PT1H",
        "5/s, 5, PT1S",
        "7, 7, PT1S",
        "10.0/m, 10, PT1M",
        "1000/s, 1000, PT1S",
        "0.5/m, 1, PT2M",
        "2.5/s, 1, PT0.4S"
    })
    void isANumberOfStartsInAnyPeriod(String text, int starts, String period) {
        var rate = StartRate.parse(" " + text + " ");

        assertThat(rate.text()).isEqualTo(text);
        assertThat(rate.starts()).isEqualTo(starts);
        assertThat(rate.period()).hasToString(period);
    }

    @Test
    void isNothingThatNoBrokerCounts() {
        assertThatThrownBy(() -> StartRate.parse("often")).hasMessageContaining("write 10/s, 100/m or 5/h");
        assertThatThrownBy(() -> StartRate.parse("0.01/h")).hasMessageContaining("'0.01/h'");
        assertThatThrownBy(() -> StartRate.parse("99999.5/s")).hasMessageContaining("'99999.5/s'");
    }
}
