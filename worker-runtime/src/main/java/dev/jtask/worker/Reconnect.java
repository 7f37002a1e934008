package dev.jtask.worker;

import java.time.Duration;

/// The pauses between attempts to reach the broker: 100 ms, doubling to 10 s.
final class Reconnect {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LAST = Duration.ofSeconds(10);

    private Duration next = FIRST;

    Duration next() {
        return next;
    }

    void succeeded() {
        next = FIRST;
    }

    void pause() throws InterruptedException {
        Thread.sleep(next);
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(LAST) > 0 ? LAST : doubled;
    }
}
