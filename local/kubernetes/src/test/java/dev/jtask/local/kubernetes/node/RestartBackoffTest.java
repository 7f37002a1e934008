package dev.jtask.local.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    private final RestartBackoff backoff = new RestartBackoff();

    @Test
    void startsAgainAtOnceAndThenEverMoreSlowly() {
        assertThat(IntStream.range(0, 8).mapToObj(any -> backoff.next(SHORT).toSeconds()))
                .containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void forgivesAfterAMinute() {
        backoff.next(SHORT);
        backoff.next(SHORT);

        assertThat(backoff.next(Duration.ofMinutes(1))).isZero();
    }
}
