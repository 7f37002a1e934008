package dev.jtask.worker.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private static final long PLENTY = 10;

    private final Slots slots = new Slots(2);

    @Test
    void givesNoMoreThanThereAre() throws InterruptedException {
        var first = take();
        take();
        assertThat(slots.take(0, TimeUnit.SECONDS)).isNull();

        first.release();

        assertThat(slots.take(0, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void letsOneWaitUntilAnotherIsDone() throws Exception {
        var first = take();
        take();
        var waiting = waiting();

        first.release();

        assertThat(waiting.get(PLENTY, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void growsForThoseWhoWait() throws Exception {
        take();
        take();
        var waiting = waiting();

        slots.resize(3);

        assertThat(waiting.get(PLENTY, TimeUnit.SECONDS)).isNotNull();
        assertThat(slots.size()).isEqualTo(3);
    }

    @Test
    void shrinksAsSlotsComeBack() throws InterruptedException {
        var first = take();
        var second = take();

        slots.resize(1);

        first.release();
        assertThat(slots.take(0, TimeUnit.SECONDS)).as("one is still taken").isNull();
        second.release();
        assertThat(slots.take(0, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void keepsAtLeastOne() {
        assertThatThrownBy(() -> slots.resize(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(slots.size()).isEqualTo(2);
    }

    @Test
    void isIdleWhenEverySlotIsFree() throws InterruptedException {
        assertThat(slots.awaitIdle(0, TimeUnit.SECONDS)).isTrue();
        var slot = take();
        assertThat(slots.awaitIdle(0, TimeUnit.SECONDS)).isFalse();
        slot.release();
        assertThat(slots.awaitIdle(0, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsThoseWhoWaitThatAllIsIdle() throws Exception {
        var slot = take();
        var idle = new CompletableFuture<Boolean>();
        var waiter = Thread.ofVirtual().start(() -> {
            try {
                idle.complete(slots.awaitIdle(PLENTY, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                idle.completeExceptionally(e);
            }
        });
        untilItWaits(waiter);

        slot.release();

        assertThat(idle.get(PLENTY, TimeUnit.SECONDS)).isTrue();
    }

    private Slot take() throws InterruptedException {
        return requireNonNull(slots.take(0, TimeUnit.SECONDS));
    }

    private CompletableFuture<Slot> waiting() {
        var taken = new CompletableFuture<Slot>();
        var waiter = Thread.ofVirtual().start(() -> {
            try {
                taken.complete(requireNonNull(slots.take(PLENTY, TimeUnit.SECONDS)));
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        untilItWaits(waiter);
        return taken;
    }

    private static void untilItWaits(Thread thread) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }
}
