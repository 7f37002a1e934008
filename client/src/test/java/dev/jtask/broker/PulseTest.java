package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {

    private final Pulse pulse = new Pulse();

    @Test
    void isSilentBetweenItsBeats() {
        assertThat(pulse.since()).isPositive().isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void isNotSilentWhileItWaits() {
        var seen = pulse.ask(pulse::since);

        assertThat(seen).isZero();
        assertThat(pulse.since()).isPositive();
    }

    @Test
    void isSilentAgainAfterAWaitThatFailed() {
        assertThatThrownBy(() -> pulse.whileWaiting(() -> {
                    throw new IOException("no answer");
                }))
                .isInstanceOf(IOException.class);

        assertThat(pulse.since()).isPositive();
    }
}
