package dev.jtask.worker.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotTest {

    private final Slots slots = new Slots(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicReference<Throwable> uncaught = new AtomicReference<>();
    private final AtomicReference<Thread> worker = new AtomicReference<>();
    private final ThreadFactory threads = Thread.ofVirtual()
            .uncaughtExceptionHandler((thread, thrown) -> uncaught.set(thrown))
            .factory();
    private Slot slot = new Slot(slots);

    @BeforeEach
    void take() throws InterruptedException {
        slot = requireNonNull(slots.take(0, TimeUnit.SECONDS));
    }

    @Test
    void isBusyWhileItsWorkRunsAndFreeAfterwards() {
        slot.run(threads, this::untilTheEnd);
        assertThat(slots.busy()).isEqualTo(1);

        end.countDown();

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::isFree);
        assertThat(slots.busy()).isZero();
    }

    @Test
    void isFreeAfterWorkThatThrows() {
        slot.run(threads, () -> {
            throw new AssertionError("broken");
        });

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::isFree);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> uncaught.get() instanceof AssertionError);
    }

    @Test
    void comesBackOnceAlsoWhenItIsGivenUpBefore() throws InterruptedException {
        slot.run(threads, this::untilTheEnd);

        slot.release();
        assertThat(slots.busy()).as("a thread that was given up does not count").isZero();
        assertThat(slots.take(0, TimeUnit.SECONDS)).isNotNull();

        end.countDown();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> worker.get() != null);
        requireNonNull(worker.get()).join();
        assertThat(slots.take(0, TimeUnit.SECONDS)).as("the other one is taken").isNull();
    }

    @Test
    void goesToTheNextTaskWithoutBeingFreeBetween() throws InterruptedException {
        var next = requireNonNull(slot.passOn());

        slot.release();
        assertThat(isFree()).as("the first holder has nothing to give back").isFalse();
        assertThat(slot.passOn()).isNull();

        next.release();
        assertThat(isFree()).isTrue();
    }

    @Test
    void isNotPassedOnWhenItWasGivenUpOrIsOneTooMany() throws InterruptedException {
        slots.resize(2);
        var other = requireNonNull(slots.take(0, TimeUnit.SECONDS));
        slots.resize(1);
        assertThat(other.passOn()).as("two are taken of one").isNull();
        other.release();

        slot.release();
        assertThat(slot.passOn()).isNull();
    }

    private boolean isFree() throws InterruptedException {
        return slots.awaitIdle(0, TimeUnit.SECONDS);
    }

    private void untilTheEnd() {
        worker.set(Thread.currentThread());
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
