package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.worker.fakes.SettableClock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignalWaitsTest {

    @Test
    void anEndIsDecidedOnceAndCarriedOn() {
        var waits =
                new SignalWaits(Map.of()).until("approval", SettableClock.START).over("payment");

        assertThat(waits.end("approval")).hasValue(SettableClock.START.toEpochMilli());
        assertThat(waits.isOver("approval")).isFalse();
        assertThat(waits.isOver("payment")).isTrue();
        assertThat(waits.end("unknown")).isEmpty();
        assertThat(in(waits.ends())).isEqualTo(waits);
    }

    @Test
    void whatIsNoEndOfAWaitIsNone() {
        var forged = new HashMap<String, Object>();
        forged.put("approval", "tomorrow");
        forged.put("", 7);
        forged.put("x".repeat(101), 7);
        forged.put("payment", 7);

        assertThat(in(forged).ends()).isEqualTo(Map.of("payment", 7L));
        assertThat(in("none").ends()).isEmpty();
        assertThat(SignalWaits.in(Map.of()).ends()).isEmpty();
    }

    private static SignalWaits in(Object header) {
        return SignalWaits.in(Map.of(JtaskHeaders.SIGNALS, header));
    }
}
