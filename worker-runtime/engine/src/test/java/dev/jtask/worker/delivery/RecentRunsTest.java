package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentRunsTest {

    private final AtomicLong now = new AtomicLong();
    private final RecentRuns recent = new RecentRuns(now::get);

    @Test
    void knowsARunForAWhile() {
        recent.add(new RunKey("q", "a", 0));

        assertThat(recent.has(new RunKey("q", "a", 0))).isTrue();
        assertThat(recent.has(new RunKey("q", "a", 1))).as("a retry").isFalse();
        assertThat(recent.has(new RunKey("other", "a", 0))).isFalse();
        now.addAndGet(TimeUnit.SECONDS.toNanos(11));
        assertThat(recent.has(new RunKey("q", "a", 0))).isFalse();
    }

    @Test
    void forgetsTheOldestOfMany() {
        for (int i = 0; i < 10_000; i++) {
            recent.add(new RunKey("q", "id-" + i, 0));
        }

        assertThat(recent.has(new RunKey("q", "id-0", 0))).isFalse();
        assertThat(recent.has(new RunKey("q", "id-9999", 0))).isTrue();
    }
}
