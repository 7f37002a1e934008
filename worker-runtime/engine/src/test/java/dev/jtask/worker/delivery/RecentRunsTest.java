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
        recent.add(key("q", "a", 0));

        assertThat(recent.has(key("q", "a", 0))).isTrue();
        assertThat(recent.has(key("q", "a", 1))).as("a retry").isFalse();
        assertThat(recent.has(key("other", "a", 0))).isFalse();
        now.addAndGet(TimeUnit.SECONDS.toNanos(11));
        assertThat(recent.has(key("q", "a", 0))).isFalse();
    }

    @Test
    void forgetsTheOldestOfMany() {
        for (int i = 0; i < 10_000; i++) {
            recent.add(key("q", "id-" + i, 0));
        }

        assertThat(recent.has(key("q", "id-0", 0))).isFalse();
        assertThat(recent.has(key("q", "id-9999", 0))).isTrue();
    }

    private static RunKey key(String queue, String id, int retries) {
        return new RunKey(queue, id, retries, new RunKey.Body("t.x", 2, 1));
    }
}
