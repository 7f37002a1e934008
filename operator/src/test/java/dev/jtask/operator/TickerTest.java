package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TickerTest {

    @Test
    void goesOnAfterATickThatFailed() throws InterruptedException {
        assertGoesOnAfter(() -> {
            throw new IllegalStateException("on purpose");
        });
    }

    @Test
    void goesOnAfterAnError() throws InterruptedException {
        assertGoesOnAfter(() -> {
            throw new StackOverflowError("on purpose");
        });
    }

    @Test
    void aTickThatDoesNotEndIsOverdue() throws InterruptedException {
        var now = new AtomicLong();
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        Runnable hangs = () -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (var ticker = new Ticker(Duration.ofMillis(1), hangs, now::get)) {
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(ticker.isOverdue(Duration.ofMinutes(2))).isFalse();

            now.set(Duration.ofMinutes(3).toNanos());
            assertThat(ticker.isOverdue(Duration.ofMinutes(2))).isTrue();

            end.countDown();
            await().atMost(Duration.ofSeconds(60)).until(() -> !ticker.isOverdue(Duration.ofMinutes(2)));
        }
    }

    @Test
    void aTickThatIsNotDueIsNotOverdue() {
        var now = new AtomicLong();
        try (var ticker = new Ticker(Duration.ofHours(1), () -> {}, now::get)) {
            now.set(Duration.ofMinutes(61).toNanos());
            assertThat(ticker.isOverdue(Duration.ofMinutes(2))).isFalse();
            now.set(Duration.ofMinutes(63).toNanos());
            assertThat(ticker.isOverdue(Duration.ofMinutes(2))).isTrue();
        }
    }

    private static void assertGoesOnAfter(Runnable failure) throws InterruptedException {
        var three = new CountDownLatch(3);
        Runnable failing = () -> {
            three.countDown();
            failure.run();
        };
        try (var _ = new Ticker(Duration.ofMillis(1), failing)) {
            assertThat(three.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
