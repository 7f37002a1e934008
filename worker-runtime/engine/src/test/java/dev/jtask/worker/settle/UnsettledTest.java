package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class UnsettledTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Unsettled unsettled = new Unsettled(nanos::get);

    @Test
    void countsWhatIsUnderWay() {
        unsettled.begin("one", false);
        unsettled.begin("two", false);
        assertThat(unsettled.count()).isEqualTo(2);
        unsettled.end("one");
        unsettled.end("one");
        assertThat(unsettled.count()).isEqualTo(1);
    }

    @Test
    void knowsHowLongTheOldestTakes() {
        nanos.set(Long.MAX_VALUE - 1);
        assertThat(unsettled.oldest()).isZero();
        unsettled.begin("one", false);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        unsettled.begin("two", false);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));

        assertThat(unsettled.oldest()).as("also where the clock comes round").isEqualTo(Duration.ofSeconds(3));
        unsettled.end("one");
        assertThat(unsettled.oldest()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void letsNoMoreBeginWhenTooManyAreNowhereButHere() {
        IntStream.range(0, 5_000).forEach(i -> unsettled.begin("the broker's " + i, false));
        IntStream.range(0, 999).forEach(i -> unsettled.begin(i, true));
        assertThat(unsettled.trouble()).isNull();

        unsettled.begin("last", true);
        assertThat(unsettled.trouble()).startsWith("1000 endings of tasks that were acknowledged early");
        assertThat(unsettled.forGood()).isEqualTo(1_000);
        unsettled.end("last");
        unsettled.end("last");
        assertThat(unsettled.trouble()).isNull();
        assertThat(unsettled.forGood()).isEqualTo(999);
    }

    @Test
    void saysAtOnceWhetherThereIsNone() throws InterruptedException {
        assertThat(unsettled.awaitNone(Duration.ZERO)).isTrue();
        unsettled.begin("one", false);
        assertThat(unsettled.awaitNone(Duration.ZERO)).isFalse();
    }

    @Test
    void waitsForTheLast() throws Exception {
        unsettled.begin("one", false);
        unsettled.begin("two", false);
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
