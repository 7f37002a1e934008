package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AssemblyTest {

    /// Each task with a limit has alarms, for as long as its limit.
    @Test
    void alarmsThatAreCancelledLeaveAtOnce() {
        var timer = Assembly.timer();
        try {
            for (int i = 0; i < 1_000; i++) {
                timer.schedule(() -> {}, 1, TimeUnit.HOURS).cancel(false);
            }
            assertThat(timer.getQueue()).isEmpty();
        } finally {
            timer.shutdownNow();
        }
    }
}
