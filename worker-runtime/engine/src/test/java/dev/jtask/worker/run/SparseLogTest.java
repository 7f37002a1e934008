package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.worker.fakes.RecordingLog;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseLogTest {

    private final RecordingLog log = new RecordingLog();
    private final AtomicLong nanos = new AtomicLong();

    /// The clock of nanoseconds may begin anywhere, and come round.
    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 10, Long.MAX_VALUE - 61_000_000_000L, Long.MIN_VALUE})
    void warnsAtOnceAndThenOnceAMinuteWithTheNumberInBetween(long start) {
        nanos.set(start);
        var sparse = new SparseLog(log, nanos::get);

        sparse.warn("first");
        sparse.warn("second");
        pass(59);
        sparse.warn("third");
        pass(2);
        sparse.warn("fourth");
        pass(61);
        sparse.warn("fifth");

        assertThat(log.lines())
                .containsExactly(
                        "WARN first",
                        "DEBUG second",
                        "DEBUG third",
                        "WARN fourth (and 2 like it in the last minute)",
                        "WARN fifth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "a {} b", "%s"})
    void takesATextAsItIs(String text) {
        new SparseLog(log, nanos::get).warn(text);

        assertThat(log.lines()).containsExactly("WARN " + text);
    }

    private void pass(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
