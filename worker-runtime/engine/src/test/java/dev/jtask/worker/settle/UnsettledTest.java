package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class UnsettledTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Unsettled unsettled = new Unsettled(nanos::get);

    @Test
    void countsWhatIsUnderWay() {
        unsettled.begin("one");
        unsettled.begin("two");
        assertThat(unsettled.count()).isEqualTo(2);
        unsettled.end("one");
        unsettled.end("one");
        assertThat(unsettled.count()).isEqualTo(1);
    }

    @Test
    void knowsHowLongTheOldestTakes() {
        nanos.set(Long.MAX_VALUE - 1);
        assertThat(unsettled.oldest()).isZero();
        unsettled.begin("one");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        unsettled.begin("two");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));

        assertThat(unsettled.oldest()).as("also where the clock comes round").isEqualTo(Duration.ofSeconds(3));
        unsettled.end("one");
        assertThat(unsettled.oldest()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void saysAtOnceWhetherThereIsNone() throws InterruptedException {
        assertThat(unsettled.awaitNone(Duration.ZERO)).isTrue();
        unsettled.begin("one");
        assertThat(unsettled.awaitNone(Duration.ZERO)).isFalse();
    }

    @Test
    void waitsForTheLast() throws Exception {
        unsettled.begin("one");
        unsettled.begin("two");
        var none = new CompletableFuture<Boolean>();
        var waiter = Thread.ofVirtual().start(() -> {
            try {
                none.complete(unsettled.awaitNone(Duration.ofMinutes(1)));
            } catch (InterruptedException e) {
                none.completeExceptionally(e);
            }
        });
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> waiter.getState() == Thread.State.TIMED_WAITING);

        unsettled.end("one");
        assertThat(none).isNotDone();
        unsettled.end("two");

        assertThat(none.get(60, TimeUnit.SECONDS)).isTrue();
    }
}
