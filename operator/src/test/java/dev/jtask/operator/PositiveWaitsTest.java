package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositiveWaitsTest {

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-5S"})
    void aWaitOfNoTimeIsRefusedWithItsVariable(String wait) {
        assertThatThrownBy(() -> PositiveWaits.require(Map.of("JTASK_OPERATOR_TICK", Duration.parse(wait))))
                .hasMessage("JTASK_OPERATOR_TICK is %s: set it to a time above zero, such as 5s".formatted(wait));
    }

    @Test
    void aWaitOfSomeTimeIsTaken() {
        assertThatCode(() -> PositiveWaits.require(Map.of("JTASK_OPERATOR_TICK", Duration.ofMillis(1))))
                .doesNotThrowAnyException();
    }
}
