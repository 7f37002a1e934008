package dev.jtask.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace();

    @Test
    void isFastAtFirstAndSlowerEachTime() {
        assertThat(pace.next(0)).isZero();
        assertThat(pace.next(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
        assertThat(pace.next(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        for (int time = 0; time < 10; time++) {
            pace.next(0);
        }
        assertThat(pace.next(0)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @Test
    void isFastAgainAfterAQuietWhile() {
        pace.next(0);
        assertThat(pace.next(TimeUnit.SECONDS.toNanos(60))).isPositive();
        assertThat(pace.next(TimeUnit.SECONDS.toNanos(121))).isZero();
    }
}
