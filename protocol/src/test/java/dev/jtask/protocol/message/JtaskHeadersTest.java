package dev.jtask.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JtaskHeadersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                JtaskHeaders.REDELIVERIES,
                JtaskHeaders.PUT_OFF,
                JtaskHeaders.SIGNALS,
                JtaskHeaders.REASON,
                JtaskHeaders.QUEUE,
                JtaskHeaders.ATTEMPT,
                JtaskHeaders.EXCEPTION
            })
    void whatWorkersHaveNotedEndsWhenTheMessageIsSentAnew(String header) {
        assertThat(JtaskHeaders.isTrail(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                JtaskHeaders.IDEMPOTENCY_KEY,
                JtaskHeaders.IDEMPOTENCY_WINDOW,
                JtaskHeaders.SCHEDULE,
                JtaskHeaders.SCHEDULED_TIME
            })
    void whatTheSenderHasWrittenStays(String header) {
        assertThat(JtaskHeaders.isTrail(header)).isFalse();
    }
}
