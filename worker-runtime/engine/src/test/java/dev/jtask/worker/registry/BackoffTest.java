package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void aFixedDelayIsAlwaysTheSame() {
        var fixed = new Backoff.Fixed(Duration.ofSeconds(5));
        assertThat(fixed.delay(0, 0.1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(fixed.delay(9, 0.9)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void anExponentialDelayDoublesUpToTheCap() {
        var doubling = new Backoff.Exponential(Duration.ofSeconds(1), Duration.ofSeconds(60));
        assertThat(doubling.delay(0, 1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(doubling.delay(3, 1)).isEqualTo(Duration.ofSeconds(8));
        assertThat(doubling.delay(6, 1)).isEqualTo(Duration.ofSeconds(60));
        assertThat(doubling.delay(Integer.MAX_VALUE, 1)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void jitterTakesAnythingFromZero() {
        var doubling = new Backoff.Jittered(Duration.ofSeconds(1), Duration.ofSeconds(60));
        assertThat(doubling.delay(2, 0)).isZero();
        assertThat(doubling.delay(2, 0.5)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void countsRetriesNotRuns() {
        var policy = policy(3);
        assertThat(policy.allows(2)).isTrue();
        assertThat(policy.allows(3)).isFalse();
        assertThat(policy(0).allows(0)).isFalse();
        assertThat(policy(-1).allows(Integer.MAX_VALUE)).isTrue();
        assertThatThrownBy(() -> policy(-2)).hasMessageContaining("-1 (no limit)");
    }

    @Test
    void coversListedExceptionsAndTheirSubclasses() {
        assertThat(policy(3).covers(new FileNotFoundException())).isTrue();
        assertThat(policy(3).covers(new IllegalStateException())).isFalse();
        assertThat(policy(3).covers(new EOFException())).isFalse();
    }

    private static RetryPolicy policy(int maxRetries) {
        return new RetryPolicy(
                maxRetries, new Backoff.Fixed(Duration.ZERO), List.of(IOException.class), List.of(EOFException.class));
    }
}
