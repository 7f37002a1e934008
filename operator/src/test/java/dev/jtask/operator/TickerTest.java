package dev.jtask.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
